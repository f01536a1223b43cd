package io.patchbay.script;

import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.MemoryLimits;

/**
 * A guest's memory that knows which of its blocks were written, so that to put it back costs what a call has touched and not what
 * the guest has. Everything that writes goes through this class; atomic operations, which a guest without threads has not, refuse.
 */
@SuppressWarnings("removal") // what the interface is about to lose must be there as long as it asks for it
final class TouchedMemory implements Memory {

    static final int BLOCK = 4096;
    private static final int SHIFT = 12;

    private final ByteArrayMemory memory;
    private byte[] touched;

    TouchedMemory(MemoryLimits limits) {
        this.memory = new ByteArrayMemory(limits);
        this.touched = new byte[memory.pages() * (PAGE_SIZE >> SHIFT)];
    }

    /** Makes it what {@code whole} is, which must be as large, if it was so when nothing was touched. */
    void putBack(byte[] whole) {
        for (int block = 0; block < touched.length; block++) {
            if (touched[block] != 0) {
                int at = block << SHIFT;
                memory.write(at, whole, at, BLOCK);
                touched[block] = 0;
            }
        }
    }

    /** Forgets what was touched: it is now what it is put back to. */
    void settle() {
        java.util.Arrays.fill(touched, (byte) 0);
    }

    private void touch(int address, int bytes) {
        if (bytes <= 0) {
            return;
        }
        int last = (address + bytes - 1) >>> SHIFT;
        for (int block = address >>> SHIFT; block <= last && block < touched.length; block++) {
            touched[block] = 1;
        }
    }

    /** One value may stand in two blocks; one that stands outside fails when it is written. */
    private void touched(int address, int bytes) {
        int first = address >>> SHIFT;
        int last = (address + bytes - 1) >>> SHIFT;
        if (last < touched.length && last >= 0) {
            touched[first] = 1;
            touched[last] = 1;
        }
    }

    @Override
    public int pages() {
        return memory.pages();
    }

    @Override
    public int grow(int pages) {
        int before = memory.grow(pages);
        touched = java.util.Arrays.copyOf(touched, memory.pages() * (PAGE_SIZE >> SHIFT));
        return before;
    }

    @Override
    public int initialPages() {
        return memory.initialPages();
    }

    @Override
    public int maximumPages() {
        return memory.maximumPages();
    }

    @Override
    public boolean shared() {
        return memory.shared();
    }

    @Override
    public Object lock(int address) {
        return memory.lock(address);
    }

    @Override
    public int waitOn(int address, int expected, long timeout) {
        return memory.waitOn(address, expected, timeout);
    }

    @Override
    public int waitOn(int address, long expected, long timeout) {
        return memory.waitOn(address, expected, timeout);
    }

    @Override
    public int notify(int address, int maxThreads) {
        return memory.notify(address, maxThreads);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] segments) {
        memory.initialize(instance, segments);
        touch(0, memory.pages() * PAGE_SIZE);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] segments, int index) {
        memory.initialize(instance, segments, index);
        touch(0, memory.pages() * PAGE_SIZE);
    }

    @Override
    public void initPassiveSegment(int segment, int to, int offset, int size) {
        touch(to, size);
        memory.initPassiveSegment(segment, to, offset, size);
    }

    @Override
    public void write(int address, byte[] data, int offset, int size) {
        touch(address, size);
        memory.write(address, data, offset, size);
    }

    @Override
    public byte read(int address) {
        return memory.read(address);
    }

    @Override
    public byte[] readBytes(int address, int length) {
        return memory.readBytes(address, length);
    }

    @Override
    public void writeI32(int address, int data) {
        touched(address, Integer.BYTES);
        memory.writeI32(address, data);
    }

    @Override
    public int readInt(int address) {
        return memory.readInt(address);
    }

    @Override
    public void writeLong(int address, long data) {
        touched(address, Long.BYTES);
        memory.writeLong(address, data);
    }

    @Override
    public long readLong(int address) {
        return memory.readLong(address);
    }

    @Override
    public void writeShort(int address, short data) {
        touched(address, Short.BYTES);
        memory.writeShort(address, data);
    }

    @Override
    public short readShort(int address) {
        return memory.readShort(address);
    }

    @Override
    public long readU16(int address) {
        return memory.readU16(address);
    }

    @Override
    public void writeByte(int address, byte data) {
        touched(address, Byte.BYTES);
        memory.writeByte(address, data);
    }

    @Override
    public void writeF32(int address, float data) {
        touched(address, Float.BYTES);
        memory.writeF32(address, data);
    }

    @Override
    public long readF32(int address) {
        return memory.readF32(address);
    }

    @Override
    public float readFloat(int address) {
        return memory.readFloat(address);
    }

    @Override
    public void writeF64(int address, double data) {
        touched(address, Double.BYTES);
        memory.writeF64(address, data);
    }

    @Override
    public double readDouble(int address) {
        return memory.readDouble(address);
    }

    @Override
    public long readF64(int address) {
        return memory.readF64(address);
    }

    @Override
    public void zero() {
        touch(0, memory.pages() * PAGE_SIZE);
        memory.zero();
    }

    @Override
    public void fill(byte value, int from, int to) {
        touch(from, to - from);
        memory.fill(value, from, to);
    }

    @Override
    public void copy(int to, int from, int size) {
        touch(to, size);
        memory.copy(to, from, size);
    }

    @Override
    public void drop(int segment) {
        memory.drop(segment);
    }
}
