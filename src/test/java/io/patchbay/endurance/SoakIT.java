package io.patchbay.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing grows under steady load: {@code mvn verify -Plong -Dit.test=SoakIT -Dlong.soak=MINUTES}. */
@Tag("long")
class SoakIT {

    private static final Duration SOAK = Duration.ofMinutes(Integer.getInteger("long.soak", 120));
    private static final int SAMPLES = 40;

    @TempDir
    private Path folder;

    /** What the program holds at one moment: bytes of heap after a collection, threads, open files, bytes below data/. */
    private record Sample(long heap, long threads, long files, long data) {}

    @Test
    void heapThreadsAndOpenFilesStayAsTheyAre() throws Exception {
        Path home = folder.resolve("home");
        List<Sample> samples = new ArrayList<>();
        try (Ledger ledger = new Ledger(2_000, 5);
                Program program = new Program(home, "--patchbay.history.most=5000")) {
            Shop.write(home, ledger.port());
            program.start();
            program.awaitReady();
            try (Customers customers = new Customers(program, 15);
                    JMXConnector connector = attached(program.pid())) {
                MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
                        connector.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
                int shelves = 0;
                for (int i = 0; i < SAMPLES; i++) {
                    if (shelves == 0 || ledger.has(ledger.paidOf(shelves - 1))) {
                        program.post("/api/v1/flows/" + Shop.PULL + "/start?var.shelf=" + shelves++);
                    }
                    assertThat(program.pause(SOAK.toMillis() / SAMPLES))
                            .as("ended by itself")
                            .isFalse();
                    samples.add(sample(program, memory));
                }
                customers.stop();
                Awaitility.await("drained").atMost(Duration.ofMinutes(3)).until(() -> ledger.has(customers.accepted()));
                assertThat(customers.refused()).as("webhooks refused").isZero();
            }
        }
        Sample before = median(samples.subList(SAMPLES / 4, SAMPLES / 2));
        Sample after = median(samples.subList(SAMPLES * 3 / 4, SAMPLES));
        System.out.printf("soak of %s: second quarter %s, last quarter %s%n", SOAK, before, after);
        assertThat(after.heap).as("heap").isLessThan(before.heap + before.heap / 10 + 5_000_000);
        assertThat(after.threads).as("threads").isLessThanOrEqualTo(before.threads + 8);
        assertThat(after.files).as("open files").isLessThanOrEqualTo(before.files + 16);
    }

    @SuppressWarnings("BanJNDI") // the peer is a child process of this test
    private static JMXConnector attached(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
    }

    private static Sample sample(Program program, MemoryMXBean memory) throws IOException {
        memory.gc();
        Path process = Path.of("/proc", String.valueOf(program.pid()));
        return new Sample(
                memory.getHeapMemoryUsage().getUsed(),
                entries(process.resolve("task")),
                entries(process.resolve("fd")),
                size(program.data()));
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static Sample median(List<Sample> samples) {
        return new Sample(
                median(samples, Sample::heap),
                median(samples, Sample::threads),
                median(samples, Sample::files),
                median(samples, Sample::data));
    }

    private static long median(List<Sample> samples, ToLongFunction<Sample> of) {
        return samples.stream().mapToLong(of).sorted().toArray()[samples.size() / 2];
    }
}
