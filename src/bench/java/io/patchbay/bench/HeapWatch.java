package io.patchbay.bench;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import com.sun.management.OperatingSystemMXBean;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Looks 20 times a second at another Java process, and makes no collection: the processor time that it took, the most of its heap that
 * was used, and the most that was left after one of its own collections (garbage in the old generation is counted there).
 */
final class HeapWatch implements AutoCloseable {

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final OperatingSystemMXBean system;
    private final long processorBefore;
    private final List<GarbageCollectorMXBean> collectors = new ArrayList<>();
    private final Thread watcher;
    private volatile boolean going = true;
    private volatile long used;
    private volatile long afterCollection;
    private volatile long processor;

    private HeapWatch(JMXConnector connector) throws Exception {
        this.connector = connector;
        MBeanServerConnection server = connector.getMBeanServerConnection();
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        this.system = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, OperatingSystemMXBean.class);
        this.processorBefore = system.getProcessCpuTime();
        this.processor = processorBefore;
        Set<ObjectName> names =
                server.queryNames(new ObjectName(ManagementFactory.GARBAGE_COLLECTOR_MXBEAN_DOMAIN_TYPE + ",*"), null);
        for (ObjectName name : names) {
            collectors.add(ManagementFactory.newPlatformMXBeanProxy(
                    server, name.getCanonicalName(), GarbageCollectorMXBean.class));
        }
        this.watcher = new Thread(this::watch, "heap watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    @SuppressWarnings("BanJNDI") // the peer is a child process of ours
    static HeapWatch of(long pid) throws Exception {
        return new HeapWatch(JMXConnectorFactory.connect(new JMXServiceURL(agent(pid))));
    }

    /** A process that has only just begun is not ready for it yet. */
    private static String agent(long pid) throws Exception {
        for (int tries = 0; ; tries++) {
            try {
                VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
                try {
                    return machine.startLocalManagementAgent();
                } finally {
                    machine.detach();
                }
            } catch (IOException | com.sun.tools.attach.AttachNotSupportedException e) {
                if (tries == 20) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private void watch() {
        try {
            while (going) {
                look();
                Thread.sleep(100);
            }
        } catch (InterruptedException | RuntimeException e) {
            // the process has ended
        }
    }

    private void look() {
        processor = system.getProcessCpuTime();
        used = Math.max(used, memory.getHeapMemoryUsage().getUsed());
        for (GarbageCollectorMXBean collector : collectors) {
            GcInfo last = collector.getLastGcInfo();
            if (last != null) {
                long left = 0;
                for (Map.Entry<String, MemoryUsage> pool :
                        last.getMemoryUsageAfterGc().entrySet()) {
                    if (heap(pool.getKey())) {
                        left += pool.getValue().getUsed();
                    }
                }
                afterCollection = Math.max(afterCollection, left);
            }
        }
    }

    private static boolean heap(String pool) {
        return pool.contains("Eden") || pool.contains("Survivor") || pool.contains("Old") || pool.contains("Tenured");
    }

    /** Seconds of processor time since this began to look. */
    double processorSeconds() {
        return (processor - processorBefore) / 1e9;
    }

    long mostUsed() {
        return used;
    }

    long mostAfterCollection() {
        return afterCollection;
    }

    @Override
    public void close() throws IOException {
        going = false;
        try {
            watcher.join(1000);
            connector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // the process has ended
        }
    }
}
