package io.patchbay.connector.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Work in a Java process whose heap is smaller than the data that passes through it. */
public final class SmallProcess {

    /** Large libraries of tests alone: a class loader keeps the directory of each in the heap, which the program does not have to bear. */
    private static final List<String> NOT_OF_THE_PROGRAM = List.of("graphql-java", "java-dataloader");

    private SmallProcess() {}

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> NOT_OF_THE_PROGRAM.stream().noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs a main class, which gets a new folder below {@code home}, in 40 MB; fails with what it said unless it ends well. */
    public static void run(Class<?> main, Path home) throws IOException, InterruptedException {
        run(main, home, "40m");
    }

    /** The same in so much memory. Answers what it said. */
    public static String run(Class<?> main, Path home, String heap) throws IOException, InterruptedException {
        Path said = home.resolve("program.log");
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx" + heap,
                        "-XX:MaxDirectMemorySize=16m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        main.getName(),
                        Files.createDirectory(home.resolve("program")).toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        boolean ended = program.waitFor(10, TimeUnit.MINUTES);
        program.destroyForcibly();

        assertThat(ended).as("ended within ten minutes").isTrue();
        assertThat(program.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }
}
