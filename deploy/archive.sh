#!/bin/sh
# Writes FOLDER/zaiseki-VERSION.tar.gz: the committed tree with the sites built into web/dist, so that `make run` needs no
# Node there. The same commit gives the same bytes: the order, the times and the owners of the files are fixed.
#
#   deploy/archive.sh FOLDER        (`make dist` installs what the build needs, and calls it)
set -eu

root=$(git rev-parse --show-toplevel)
commit=$(git rev-parse HEAD)
version=$(git show "$commit:pyproject.toml" | sed -n 's/^version = "\(.*\)"$/\1/p')
name=zaiseki-$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

git archive --prefix="$name/" "$commit" | tar -x -C "$work"
ln -s "$root/web/node_modules" "$work/$name/web/node_modules"
(cd "$work/$name/web" && PATH="$root/.node/bin:$PATH" npm run --silent build -- --logLevel warn)
rm "$work/$name/web/node_modules"
touch "$work/$name/web/dist/made"

mkdir -p "$1"
tar -c -C "$work" --sort=name --mtime="@$(git show -s --format=%ct "$commit")" --owner=0 --group=0 --numeric-owner \
	--mode=u+rwX,go+rX,go-w "$name" | gzip -9n >"$work/archive"
mv "$work/archive" "$1/$name.tar.gz"
echo "$1/$name.tar.gz"
