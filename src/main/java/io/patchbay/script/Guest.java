package io.patchbay.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/**
 * An engine in WebAssembly, with no file, no network, no environment and no thread, for one call at a time. Before each call its
 * memory is made what it was at the beginning, so nothing leaks from call to call.
 */
abstract class Guest implements AutoCloseable {

    private final Bridge bridge = new Bridge();
    private @Nullable TouchedMemory memory;

    /** The engine for the language of a script, which may have so many bytes. The first of a process takes its time. */
    static Guest of(Script script, long mostMemory) {
        return script.python() ? PythonGuest.of(mostMemory) : JavaScriptGuest.of(mostMemory);
    }

    /** Whether it can run a script. */
    abstract boolean speaks(Script script);

    /** What all guests of its kind begin as: what was kept of one fits another one then. */
    abstract byte[] beginning();

    /** Has the engine read what the bridge gives. */
    abstract void read();

    /** Has it call the function. */
    abstract void call();

    @Override
    public abstract void close();

    Bridge bridge() {
        return bridge;
    }

    /** The memory that the engine is made with. */
    Memory begins(MemoryLimits limits, long mostMemory) {
        int most = (int) Math.min(Memory.RUNTIME_MAX_PAGES, mostMemory / Memory.PAGE_SIZE);
        TouchedMemory made =
                new TouchedMemory(new MemoryLimits(limits.initialPages(), Math.max(most, limits.initialPages())));
        memory = made;
        return made;
    }

    TouchedMemory memory() {
        return Objects.requireNonNull(memory);
    }

    /** Makes it what all begin as. */
    void settle() {
        memory().grow((beginning().length - Memories.size(memory())) / Memory.PAGE_SIZE);
        memory().write(0, beginning());
        memory().settle();
    }

    /** Reads a script: what it does outside of its functions is done here, once. */
    Bridge.@Nullable Outcome read(Script script) {
        bridge.begin(script, Bridge.Mode.ONCE, "[]");
        memory().putBack(beginning());
        read();
        return bridge.outcome();
    }

    /** What the guest has become by reading a script. */
    Memories.Changes changes() {
        return Memories.Changes.between(beginning(), memory());
    }

    /** Calls the function of a script that was read before, here or in another guest. */
    Bridge.@Nullable Outcome call(Script script, Memories.Changes read, Bridge.Mode mode, String arguments) {
        bridge.begin(script, mode, arguments);
        memory().putBack(beginning());
        read.apply(memory());
        call();
        return bridge.outcome();
    }

    List<String> lines() {
        return bridge.lines();
    }

    /** Whether it has as much memory as at its beginning. */
    boolean small() {
        return Memories.size(memory()) == beginning().length;
    }

    /** How much memory it has. */
    long size() {
        return Memories.size(memory());
    }

    /** Keeps nothing of the last call while it waits for the next one. */
    void forget() {
        bridge.forget();
        memory().putBack(beginning());
    }

    /** A program of ours that runs in guests. */
    static String program(String name) {
        try (InputStream in = Objects.requireNonNull(Guest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
