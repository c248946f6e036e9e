#!/bin/sh
# Replaces containers of docker-compose.yml, one after the other, while the site keeps working: the new one starts
# beside the old one, which is removed once the new one is healthy. If the new one is not healthy within five minutes,
# it is removed and the old one stays.
#
#   deploy/replace.sh auth-worker auth-api
#
# Not for gateway, postgres, valkey and mailpit, of which there can be only one.
set -eu

healthy() { # CONTAINER: waits until it is healthy; fails if it is unhealthy or takes too long
	left=300
	while [ "$left" -gt 0 ]; do
		case $(docker inspect --format '{{.State.Health.Status}}' "$1") in
		healthy) return 0 ;;
		unhealthy) return 1 ;;
		esac
		sleep 1
		left=$((left - 1))
	done
	return 1
}

for name in "$@"; do
	case $name in
	gateway | postgres | valkey | mailpit)
		echo "There can be only one $name: docker compose up --detach --wait $name" >&2
		exit 1
		;;
	esac
	old=$(docker compose ps --all --quiet "$name")
	count=$(printf '%s' "$old" | grep -c . || true)
	# Not `up --no-deps`: the next `up` would consider that container changed, and replace it again.
	docker compose create --no-recreate --scale "$name=$((count + 1))" "$name"
	new=$(docker compose ps --all --quiet "$name" | grep -vxF "${old:--}")
	docker start "$new" >/dev/null
	if ! healthy "$new"; then
		docker logs --tail 20 "$new" >&2
		docker rm --force "$new" >/dev/null
		echo "The new $name did not become healthy and was removed; the old one is still running." >&2
		exit 1
	fi
	for one in $old; do
		docker stop "$one" >/dev/null
		docker rm "$one" >/dev/null
	done
	echo "$name is replaced"
done
# It ended long ago. If its settings or image have changed, the next `up` would also replace all containers that depend on it.
docker compose rm --force migrate
