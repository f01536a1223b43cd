# syntax=docker/dockerfile:1.19
# Bases are pinned by tag. A site that wants exact bytes gives a digest as well:
#   docker build --build-arg BUILD_BASE=maven:3.9.11-eclipse-temurin-25@sha256:... --build-arg RUN_BASE=eclipse-temurin:25.0.3_9-jre-noble@sha256:...
ARG BUILD_BASE=maven:3.9.11-eclipse-temurin-25-noble
ARG NODE_BASE=node:24.11-bookworm-slim
ARG RUN_BASE=eclipse-temurin:25.0.3_9-jre-noble

FROM ${NODE_BASE} AS node

# 1. Build the program and take its jar apart: libraries in lib/, our classes in patchbay.jar. Node.js and npm build the console's pages.
FROM ${BUILD_BASE} AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY src src
RUN --mount=type=cache,target=/var/cache/maven --mount=type=cache,target=/var/cache/npm \
    npm_config_cache=/var/cache/npm mvn -B -q -Dmaven.repo.local=/var/cache/maven -DskipTests package \
    && java -Djarmode=tools -jar target/patchbay.jar extract --destination /opt/patchbay
COPY --chmod=0755 deploy/bin /opt/patchbay/bin

# 2. Start it once with the runtime of the last stage and keep its loaded and linked classes. The cache fits only the Java
#    that made it; with another one Java says so and starts without.
FROM ${RUN_BASE} AS cache
COPY --from=build /opt/patchbay /opt/patchbay
RUN ["/opt/patchbay/bin/train"]

# 3. What runs: a JRE, the program, nobody's rights.
FROM ${RUN_BASE} AS run
LABEL org.opencontainers.image.title="Patchbay" \
      org.opencontainers.image.description="A self-hosted integration runtime on Apache Camel" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=cache /opt/patchbay /opt/patchbay
# What is shipped to be installed from: patchbay blueprint list.
COPY connectors /opt/patchbay/library/connectors
COPY blueprints /opt/patchbay/library/blueprints
RUN mkdir -p /patchbay/routes /patchbay/connectors /patchbay/blueprints /patchbay/drivers \
    && mkdir -m 700 /patchbay/data \
    && chown -R 10001:10001 /patchbay
ENV PATH="/opt/patchbay/bin:${PATH}" \
    PATCHBAY_HOME=/patchbay \
    PATCHBAY_LIBRARY=/opt/patchbay/library
USER 10001:10001
WORKDIR /patchbay
VOLUME ["/patchbay/routes", "/patchbay/connectors", "/patchbay/blueprints", "/patchbay/drivers", "/patchbay/data"]
# 8080 for operators, 8090 for webhooks and callbacks.
EXPOSE 8080 8090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["/opt/patchbay/bin/healthcheck"]
ENTRYPOINT ["/opt/patchbay/bin/patchbay"]
