package io.patchbay.script;

import io.roastedroot.quickjs4j.core.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import run.endive.log.Logger;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/**
 * A JavaScript engine in WebAssembly, with no file, no network, no environment and no thread, for one call at a time. Before
 * each call its memory is made what it was at the beginning, so nothing leaks from call to call.
 */
final class Guest implements AutoCloseable {

    /** Room that is had from the beginning: a guest that grows cannot shrink again and is given up. */
    private static final int ROOM = 2 << 20;

    private static final String PROGRAM = "guest.js";

    private final Bridge bridge = new Bridge();
    private final Engine engine;
    private @Nullable TouchedMemory memory;

    /** What all guests begin as: a memory with the program of ours in it. */
    private static final class Beginning {

        private static final AtomicReference<@Nullable Beginning> ONE = new AtomicReference<>();

        private final byte[] memory;
        /** Where the code is that reads a script. */
        private final int read;
        /** Where the code is that calls it. */
        private final int call;

        private Beginning(byte[] memory, int read, int call) {
            this.memory = memory;
            this.read = read;
            this.call = call;
        }

        /** The one that all guests of the process share: what was kept of one guest fits another one then. */
        static Beginning one() {
            Beginning known = ONE.get();
            if (known == null) {
                ONE.compareAndSet(null, make());
                known = Objects.requireNonNull(ONE.get());
            }
            return known;
        }

        private static Beginning make() {
            try (Guest first = new Guest(Integer.MAX_VALUE)) {
                Engine engine = first.engine;
                engine.exec(engine.compile(program()));
                int read = engine.compileRaw(utf8("__read()"));
                int call = engine.compileRaw(utf8("__call()"));
                // Gets the heap its room, and gives it back: what is free stays the heap's.
                engine.free(engine.writeCompiled(new byte[ROOM]));
                return new Beginning(Memories.whole(first.memory()), read, call);
            }
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private static String program() {
            try (InputStream in = Objects.requireNonNull(Guest.class.getResourceAsStream(PROGRAM))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A guest that may have so much memory, and nothing in it yet. */
    private Guest(long mostMemory) {
        int pages = (int) Math.min(Memory.RUNTIME_MAX_PAGES, mostMemory / Memory.PAGE_SIZE);
        this.engine = Engine.builder()
                .addBuiltins(bridge.builtins())
                .withMemoryFactory(limits -> {
                    TouchedMemory made = new TouchedMemory(
                            new MemoryLimits(limits.initialPages(), Math.max(pages, limits.initialPages())));
                    memory = made;
                    return made;
                })
                .withStdout(new Nowhere())
                .withStderr(new Nowhere())
                .withLogger(new Silent())
                .build();
    }

    /** A guest that may have so many bytes of memory. The first one of a process takes about a second. */
    static Guest of(long mostMemory) {
        Beginning beginning = Beginning.one();
        Guest guest = new Guest(mostMemory);
        guest.memory().grow((beginning.memory.length - Memories.size(guest.memory())) / Memory.PAGE_SIZE);
        guest.memory().write(0, beginning.memory);
        guest.memory().settle();
        return guest;
    }

    private TouchedMemory memory() {
        return Objects.requireNonNull(memory);
    }

    /** Reads a script: what it does outside of its functions is done here, once. */
    Bridge.@Nullable Outcome read(Script script) {
        Beginning beginning = Beginning.one();
        bridge.begin(script, Bridge.Mode.ONCE, "[]");
        memory().putBack(beginning.memory);
        engine.exec(beginning.read);
        return bridge.outcome();
    }

    /** What the guest has become by reading a script. */
    Memories.Changes changes() {
        return Memories.Changes.between(Beginning.one().memory, memory());
    }

    /** Calls the function of a script that was read before, here or in another guest. */
    Bridge.@Nullable Outcome call(Script script, Memories.Changes read, Bridge.Mode mode, String arguments) {
        Beginning beginning = Beginning.one();
        bridge.begin(script, mode, arguments);
        memory().putBack(beginning.memory);
        read.apply(memory());
        engine.exec(beginning.call);
        return bridge.outcome();
    }

    List<String> lines() {
        return bridge.lines();
    }

    /** Whether it has as much memory as at its beginning. */
    boolean small() {
        return Memories.size(memory()) == Beginning.one().memory.length;
    }

    /** How much memory it has. */
    long size() {
        return Memories.size(memory());
    }

    /** Keeps nothing of the last call while it waits for the next one. */
    void forget() {
        bridge.forget();
        memory().putBack(Beginning.one().memory);
    }

    @Override
    public void close() {
        engine.close();
    }

    /** What the engine itself prints says nothing that the outcome does not say. */
    private static final class Nowhere extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int b) {}

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {}
    }

    /** The same of what it logs about system calls. */
    private static final class Silent implements Logger {
        @Override
        public void log(Level level, String message, @Nullable Throwable thrown) {}

        @Override
        public boolean isLoggable(Level level) {
            return false;
        }
    }
}
