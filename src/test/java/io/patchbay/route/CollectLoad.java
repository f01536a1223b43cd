package io.patchbay.route;

import io.patchbay.run.RunRecord;
import io.patchbay.run.Slot;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * 1,000,000 payloads of one record through branch, try and collect, in whatever heap the JVM was given: the compiled routes and the
 * runner alone, without a database. Prints time, and the heap that lives after collections.
 */
public final class CollectLoad {

    private CollectLoad() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        int payloads = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int failing = args.length > 1 ? Integer.parseInt(args[1]) : -1;
        Path folder = Files.createTempDirectory("collect-load");
        FlowFixture flows = new FlowFixture();
        flows.bucketMemory = 8 << 20;
        flows.start(folder);
        String text = """
                settings: { limits: { pages: 10000000, payloads: 10000000, time: 6h }, capture: { payloads: none } }
                shapes:
                  - { id: pull, numbers: { pages: %d, size: 1000 } }
                  - { id: one, flowControl: { size: 1 } }
                  - id: both
                    branch:
                      paths:
                        - name: left
                          shapes:
                            - id: safely
                              try:
                                outcome: succeed
                                shapes: [ { id: odd, assert: { that: { not: { field: n, is: %d } } } } ]
                                catch: [ { id: caught, setVariables: { meta: { caught: "yes" } } } ]
                        - name: right
                          shapes: [ { id: none, filter: { keep: { field: n, as: number, below: 0 } } } ]
                  - { id: together, collect: { all: true } }
                """.formatted(payloads / 1000, failing);
        long begin = System.nanoTime();
        flows.deploy(text);
        flows.runner
                .run(FlowFixture.claim(FlowFixture.aStart(), 1, 0), Slot.NONE)
                .get();
        RunRecord record = flows.checkpoints.outcomes.get(0);
        double seconds = (System.nanoTime() - begin) / 1e9;
        long most = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
                System.out.printf(
                        "%s: peak %.1f MB%n",
                        pool.getName(), pool.getPeakUsage().getUsed() / 1e6);
                most += pool.getCollectionUsage().getUsed();
            }
        }
        System.out.printf(
                "%s: %,d payloads in %.1f s, heap of %.0f MB, after the last collections %.1f MB%n",
                record.status(), payloads, seconds, Runtime.getRuntime().maxMemory() / 1e6, most / 1e6);
        record.shapes()
                .forEach(shape -> System.out.printf(
                        "  %s: in %,d, out %,d, records out %,d%n",
                        shape.shape(), shape.payloadsIn(), shape.payloadsOut(), shape.recordsOut()));
        try (Stream<Path> left = Files.list(folder)) {
            System.out.println("files left: " + left.count());
        }
        flows.close();
        System.exit(0);
    }
}
