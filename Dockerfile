# One recipe for every program: build with `--build-arg MODULE=gateway` after `./snowgate build`.
FROM eclipse-temurin:25-jre
ARG MODULE
COPY ${MODULE}/target/*-exec.jar /opt/snowgate/program.jar
RUN useradd --system --no-create-home snowgate
USER snowgate
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/snowgate/program.jar"]
