package io.patchbay.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A Java process that a measurement starts and ends. */
final class Child implements AutoCloseable {

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /** Starts a main class of this class path and waits until it prints {@code READY}. */
    static Child ofMain(Class<?> main, List<String> jvm, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(jvm);
        command.addAll(List.of(
                "-Dlogback.configurationFile=bench/logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return start(command, Path.of("."), "READY");
    }

    /** Starts a command in a folder and waits until a line of its output holds a text. */
    static Child start(List<String> command, Path folder, String readyText) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        CountDownLatch ready = new CountDownLatch(1);
        Thread reader = new Thread(() -> copy(process, readyText, ready), "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
        if (!ready.await(240, TimeUnit.SECONDS) || !process.isAlive()) {
            process.destroyForcibly();
            throw new IOException("not ready after 240 s or ended: " + String.join(" ", command));
        }
        return new Child(process);
    }

    /** The program that runs this measurement. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Process process, String readyText, CountDownLatch ready) {
        boolean loud = Boolean.getBoolean("bench.verbose");
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(readyText)) {
                    ready.countDown();
                }
                if (loud || line.contains(" ERROR ") || line.contains(" WARN ")) {
                    System.err.println("  | " + line);
                }
            }
        } catch (IOException e) {
            // The process was ended while its output was read.
        } finally {
            ready.countDown();
        }
    }
}
