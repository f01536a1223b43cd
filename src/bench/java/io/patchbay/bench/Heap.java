package io.patchbay.bench;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What another Java process holds on its heap after a collection. */
final class Heap implements AutoCloseable {

    private final JMXConnector connector;
    private final MemoryMXBean memory;

    private Heap(JMXConnector connector, MemoryMXBean memory) {
        this.connector = connector;
        this.memory = memory;
    }

    @SuppressWarnings("BanJNDI") // the peer is a child process of ours
    static Heap of(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
        try {
            JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            return new Heap(
                    connector,
                    ManagementFactory.newPlatformMXBeanProxy(
                            connector.getMBeanServerConnection(),
                            ManagementFactory.MEMORY_MXBEAN_NAME,
                            MemoryMXBean.class));
        } finally {
            machine.detach();
        }
    }

    /** Bytes that live after a full collection. */
    long live() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Collects and looks, again and again, while the work goes on. */
    long mostDuring(Work work) throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicLong most = new AtomicLong();
        Thread sampler = new Thread(() -> {
            while (going.get()) {
                most.accumulateAndGet(live(), Math::max);
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        sampler.start();
        try {
            work.run();
        } finally {
            going.set(false);
            sampler.join();
        }
        return most.get();
    }

    /** Work that may fail. */
    interface Work {
        void run() throws Exception;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
