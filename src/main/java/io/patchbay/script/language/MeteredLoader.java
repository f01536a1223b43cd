package io.patchbay.script.language;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads the library of a language once more, metered: each method that calls another, and each turn of a loop, calls {@link
 * Meter#tick()} first, and some calls of the JDK go to {@link Calls} and {@link Texts} in place. None of these libraries can be
 * interrupted, and Java has no way to end a thread from outside; so the check of time, memory and depth is put into their code.
 * What is loaded here are classes of their own: the rest of the program, Camel among it, has the libraries as they are.
 */
final class MeteredLoader extends ClassLoader {

    private static final String METER = InPlace.name(Meter.class);
    private static final String CALLS = InPlace.name(Calls.class);
    private static final String DIGITS = InPlace.name(Digits.class);
    private static final List<String> METERED = List.of(
            "io.patchbay.script.language.engine.",
            "net.thisptr.jackson.jq.",
            "org.joni.",
            "com.dashjoin.jsonata.",
            "com.schibsted.spt.data.",
            "net.sf.saxon.");

    /** What would let an expression make itself a library without our bounds: there is no such class. */
    private static final Set<String> CLOSED = Set.of("net.sf.saxon.trans.ConfigurationReader");

    /** Calls of the JDK and of Jackson that add the last argument as a whole. */
    private static final Set<String> GROWING = Set.of(
            "append", "addAll", "putAll", "setAll", "concat", "insert", "write", "<init>", "getBytes", "retainAll");

    private static final Set<String> ADDED = Set.of(
            "Ljava/lang/String;)",
            "Ljava/lang/CharSequence;)",
            "Ljava/util/Collection;)",
            "Ljava/util/List;)",
            "Ljava/util/Map;)",
            "Lcom/fasterxml/jackson/databind/node/ArrayNode;)",
            "Lcom/fasterxml/jackson/databind/node/ObjectNode;)",
            "Lcom/fasterxml/jackson/databind/JsonNode;)");

    /** What is caught together with a stack or memory that was used up. */
    private static final Set<String> ERRORS = Set.of(
            "java/lang/Throwable",
            "java/lang/Error",
            "java/lang/VirtualMachineError",
            "java/lang/StackOverflowError",
            "java/lang/OutOfMemoryError");

    /** Numbers without bounds. */
    private static final Set<String> NUMBERS = Set.of("java/math/BigInteger", "java/math/BigDecimal");

    static {
        registerAsParallelCapable();
    }

    MeteredLoader(ClassLoader parent) {
        super("languages", parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (METERED.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        if (CLOSED.contains(name)) {
            throw new ClassNotFoundException(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : Meter.uncounted(() -> metered(name));
        }
    }

    private Class<?> metered(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = metered(in.readAllBytes());
            return defineClass(name, code, 0, code.length, Meter.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static byte[] metered(byte[] code) {
        ClassReader reader = new ClassReader(code);
        Calling calling = new Calling();
        reader.accept(calling, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Metering(writer, reader.getClassName(), calling.methods), 0);
        return writer.toByteArray();
    }

    /** Finds the methods that call others: only those can call themselves. */
    private static final class Calling extends ClassVisitor {
        private final Set<String> methods = new HashSet<>();

        Calling() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String form, String generic, String[] thrown) {
            String method = name + form;
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String calledForm, boolean face) {
                    methods.add(method);
                }
            };
        }
    }

    private static final class Metering extends ClassVisitor {
        private final String within;
        private final Set<String> calling;

        Metering(ClassVisitor next, String within, Set<String> calling) {
            super(Opcodes.ASM9, next);
            this.within = within;
            this.calling = calling;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String form, String generic, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, form, generic, thrown);
            return new Ticking(next, within, !name.equals("<clinit>") && calling.contains(name + form));
        }
    }

    private static final class Ticking extends MethodVisitor {
        private final String within;
        private final boolean atStart;
        private final Set<Label> passed = new HashSet<>();
        private final Set<Label> catching = new HashSet<>();
        private boolean caught;

        Ticking(MethodVisitor next, String within, boolean atStart) {
            super(Opcodes.ASM9, next);
            this.within = within;
            this.atStart = atStart;
        }

        private void tick() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, METER, "tick", "()V", false);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (atStart) {
                tick();
            }
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            if (type == null || ERRORS.contains(type)) {
                catching.add(handler);
            }
            super.visitTryCatchBlock(start, end, handler, type);
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            caught |= catching.contains(label);
            super.visitLabel(label);
        }

        /** There is one where something is caught, before the first instruction. */
        @Override
        public void visitFrame(int type, int locals, Object[] local, int stack, Object[] onStack) {
            super.visitFrame(type, locals, local, stack, onStack);
            if (caught) {
                caught = false;
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, METER, "caught", "(Ljava/lang/Object;)V", false);
            }
        }

        @Override
        public void visitJumpInsn(int opcode, Label to) {
            if (passed.contains(to)) {
                tick();
            }
            super.visitJumpInsn(opcode, to);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
            tick();
            super.visitTableSwitchInsn(min, max, otherwise, labels);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            tick();
            super.visitLookupSwitchInsn(otherwise, keys, labels);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String form, boolean face) {
            InPlace.Call other = InPlace.call(opcode, owner, name, form);
            if (other != null) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, other.owner(), other.name(), other.form(), false);
                return;
            }
            measured(InPlace.measured(within, opcode, owner, name, form));
            growing(owner, name, form);
            boolean number = NUMBERS.contains(owner);
            if (number) {
                counting(name, form);
            }
            super.visitMethodInsn(opcode, owner, name, form, face);
            if (number && NUMBERS.stream().anyMatch(type -> form.endsWith(")L" + type + ";"))) {
                super.visitInsn(Opcodes.DUP);
                digits("made", "(Ljava/lang/Object;)V");
            }
        }

        /** Tells of what is gone through as a whole next. */
        private void measured(int below) {
            if (below < 0) {
                return;
            }
            super.visitInsn(below == 0 ? Opcodes.DUP : Opcodes.DUP2);
            if (below == InPlace.BOTH) {
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, CALLS, "compared", "(Ljava/lang/Object;Ljava/lang/Object;)V", false);
                return;
            }
            if (below == 1) {
                super.visitInsn(Opcodes.POP);
            }
            super.visitMethodInsn(Opcodes.INVOKESTATIC, CALLS, "measured", "(Ljava/lang/Object;)V", false);
        }

        /** Tells of what is about to be added as a whole, or of a size that is asked for. */
        private void growing(String owner, String name, String form) {
            if (!owner.startsWith("java/") && !owner.startsWith("com/fasterxml/jackson/")) {
                return;
            }
            if (GROWING.contains(name) && ADDED.stream().anyMatch(form::contains)) {
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, METER, "adding", "(Ljava/lang/Object;)V", false);
            } else if ((name.equals("<init>") && form.equals("(I)V") && hasRoom(owner))
                    || (name.equals("copyOf") && owner.equals("java/util/Arrays") && form.contains(";I)"))) {
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, METER, "sized", "(I)V", false);
            }
        }

        /** Whether an owner is made with room of some size: the number of others, of an IntNode, is no size. */
        private static boolean hasRoom(String owner) {
            return owner.startsWith("java/lang/StringBu")
                    || owner.startsWith("java/io/")
                    || (owner.startsWith("java/util/") && !owner.startsWith("java/util/concurrent/"));
        }

        /** Tells of what a number is about to be made of. */
        private void counting(String name, String form) {
            if (name.equals("<init>") && form.equals("(Ljava/lang/String;)V")) {
                super.visitInsn(Opcodes.DUP);
                digits("text", "(Ljava/lang/String;)V");
            } else if (name.equals("<init>") && form.equals("(Ljava/lang/String;I)V")) {
                super.visitInsn(Opcodes.DUP2);
                digits("text", "(Ljava/lang/String;I)V");
            } else if (name.equals("pow") && form.startsWith("(I)")) {
                super.visitInsn(Opcodes.DUP2);
                digits("raised", "(Ljava/lang/Object;I)V");
            } else if (name.equals("setScale") && form.startsWith("(II)")) {
                super.visitInsn(Opcodes.DUP2);
                digits("asked", "(II)V");
            } else if (form.contains("I)L") || form.equals("(Ljava/math/BigInteger;I)V")) {
                super.visitInsn(Opcodes.DUP);
                digits("asked", "(I)V");
            } else if (form.contains("ILjava/math/RoundingMode;)")) {
                super.visitInsn(Opcodes.SWAP);
                super.visitInsn(Opcodes.DUP);
                digits("asked", "(I)V");
                super.visitInsn(Opcodes.SWAP);
            }
        }

        private void digits(String name, String form) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, DIGITS, name, form, false);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String form, Handle bootstrap, Object... arguments) {
            boolean together = bootstrap.getOwner().equals("java/lang/invoke/StringConcatFactory")
                    && bootstrap.getName().equals("makeConcatWithConstants");
            super.visitInvokeDynamicInsn(
                    name,
                    form,
                    together
                            ? new Handle(Opcodes.H_INVOKESTATIC, CALLS, "together", bootstrap.getDesc(), false)
                            : bootstrap,
                    arguments);
            if (form.endsWith(")Ljava/lang/String;")) {
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, METER, "adding", "(Ljava/lang/Object;)V", false);
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY) {
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, METER, "sized", "(I)V", false);
            }
            super.visitIntInsn(opcode, operand);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.ANEWARRAY) {
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, METER, "sized", "(I)V", false);
            }
            super.visitTypeInsn(opcode, type);
        }

        /** Two places more, for what is told of. */
        @Override
        public void visitMaxs(int stack, int locals) {
            super.visitMaxs(stack + 2, locals);
        }
    }
}
