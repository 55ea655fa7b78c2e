package org.entente.chain.contract.sandbox;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/// Class files that passed → such that count: at the begin of each method and of each straight run
/// of instructions, before memory is taken, and around what is called (docs/ledger.md §13.4). What
/// is not needed to run is left behind.
final class Rewriting {
    private static final ClassDesc METER = Meter.class.describeConstable().orElseThrow();
    private static final ClassDesc LIBRARY = Library.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc COUNT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final MethodTypeDesc TELL = MethodTypeDesc.of(ConstantDescs.CD_int);
    private static final MethodTypeDesc DO = MethodTypeDesc.of(ConstantDescs.CD_void);
    private static final MethodTypeDesc ARRAY =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final int OBJECT_SIZE_BYTES = 64;
    private static final int REFERENCE_SIZE_BYTES = 8;

    private final OwnClasses own;
    private final ClassFile written;

    Rewriting(OwnClasses own) {
        this.own = own;
        this.written =
                ClassFile.of(
                        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                        ClassFile.ClassHierarchyResolverOption.of(
                                resolver(own)
                                        .orElse(
                                                ClassHierarchyResolver.ofClassLoading(
                                                        Meter.class.getClassLoader()))));
    }

    private static ClassHierarchyResolver resolver(OwnClasses own) {
        List<ClassDesc> interfaces = new ArrayList<>();
        var above =
                new java.util.TreeMap<ClassDesc, ClassDesc>(
                        java.util.Comparator.comparing(ClassDesc::descriptorString));
        for (ClassModel model : own.all()) {
            ClassDesc name = model.thisClass().asSymbol();
            if (model.flags().has(java.lang.reflect.AccessFlag.INTERFACE)) {
                interfaces.add(name);
            } else {
                above.put(
                        name,
                        model.superclass()
                                .map(it -> it.asSymbol())
                                .orElse(ConstantDescs.CD_Object));
            }
        }
        return ClassHierarchyResolver.of(interfaces, above);
    }

    byte[] rewritten(ClassModel model) {
        return written.build(
                model.thisClass().asSymbol(),
                builder -> {
                    builder.withVersion(model.majorVersion(), 0);
                    builder.withFlags(model.flags().flagsMask());
                    model.superclass().ifPresent(it -> builder.withSuperclass(it.asSymbol()));
                    builder.withInterfaceSymbols(
                            model.interfaces().stream().map(it -> it.asSymbol()).toList());
                    model.findAttribute(Attributes.nestHost()).ifPresent(builder::with);
                    model.findAttribute(Attributes.nestMembers()).ifPresent(builder::with);
                    model.fields().forEach(field -> field(builder, field));
                    model.methods().forEach(method -> method(builder, method));
                });
    }

    private static void field(ClassBuilder builder, FieldModel field) {
        builder.withField(
                field.fieldName().stringValue(),
                field.fieldTypeSymbol(),
                it -> {
                    it.withFlags(field.flags().flagsMask());
                    field.findAttribute(Attributes.constantValue()).ifPresent(it::with);
                });
    }

    private void method(ClassBuilder builder, MethodModel method) {
        builder.withMethod(
                method.methodName().stringValue(),
                method.methodTypeSymbol(),
                method.flags().flagsMask(),
                it ->
                        method.code()
                                .ifPresent(
                                        code -> it.withCode(body -> new Body(body, code).write())));
    }

    /// One method's code.
    private final class Body {
        private final CodeBuilder builder;
        private final List<CodeElement> elements;
        private final List<Label> handlers = new ArrayList<>();

        /// Locals that the method itself does not have: its meter, and how deep it is.
        private final int meter;

        private final int depth;

        private Body(CodeBuilder builder, CodeModel code) {
            this.builder = builder;
            this.elements = code.elementList();
            this.meter = code instanceof CodeAttribute attribute ? attribute.maxLocals() : 0;
            this.depth = meter + 1;
        }

        private void write() {
            for (CodeElement element : elements) {
                if (element instanceof ExceptionCatch handler) {
                    handlers.add(handler.handler());
                }
            }
            builder.invokestatic(METER, "enter", MethodTypeDesc.of(METER));
            builder.astore(meter);
            builder.aload(meter).invokevirtual(METER, "depth", TELL).istore(depth);
            count(0);
            for (int index = 0; index < elements.size(); index++) {
                switch (elements.get(index)) {
                    case LabelTarget target -> {
                        builder.with(target);
                        if (handlers.contains(target.label())) {
                            builder.aload(meter).iload(depth).invokevirtual(METER, "caught", COUNT);
                        }
                        count(index + 1);
                    }
                    case Instruction instruction -> {
                        write(instruction);
                        if (endsRun(instruction)) {
                            count(index + 1);
                        }
                    }
                    case ExceptionCatch handler -> builder.with(handler);
                    default -> {}
                }
            }
        }

        private static boolean endsRun(Instruction instruction) {
            return !Inspection.targets(instruction).isEmpty();
        }

        /// Counts the instructions from here to where the next run begins.
        private void count(int from) {
            int steps = 0;
            for (CodeElement element : elements.subList(from, elements.size())) {
                if (element instanceof LabelTarget) {
                    break;
                }
                if (element instanceof Instruction instruction) {
                    steps++;
                    if (endsRun(instruction)) {
                        break;
                    }
                }
            }
            if (steps > 0) {
                spend(steps);
            }
        }

        private void spend(int steps) {
            builder.aload(meter).loadConstant(steps).invokevirtual(METER, "spend", COUNT);
        }

        private void write(Instruction instruction) {
            switch (instruction) {
                case InvokeInstruction call -> call(call);
                case NewObjectInstruction made -> {
                    String name = OwnClasses.name(made.className());
                    int size = OBJECT_SIZE_BYTES + 8 * own.fieldCount(name);
                    builder.aload(meter).loadConstant(size).invokevirtual(METER, "allocate", COUNT);
                    builder.with(made);
                }
                case NewPrimitiveArrayInstruction made -> array(made, size(made.typeKind()));
                case NewReferenceArrayInstruction made -> array(made, REFERENCE_SIZE_BYTES);
                case ReturnInstruction back -> {
                    builder.aload(meter).invokevirtual(METER, "leave", DO);
                    builder.with(back);
                }
                case ThrowInstruction thrown -> {
                    spend(Meter.EXCEPTION_STEPS);
                    builder.with(thrown);
                }
                default -> builder.with(instruction);
            }
        }

        private void array(Instruction made, int elementSize) {
            builder.dup().loadConstant(elementSize).invokestatic(LIBRARY, "array", ARRAY);
            builder.with(made);
        }

        private static int size(TypeKind kind) {
            return switch (kind) {
                case BOOLEAN, BYTE -> 1;
                case CHAR, SHORT -> 2;
                case INT -> 4;
                default -> 8;
            };
        }

        private void call(InvokeInstruction call) {
            if (own.has(OwnClasses.name(call.owner()))) {
                builder.with(call);
                return;
            }
            switch (Whitelist.method(call).orElseThrow().cost()) {
                case Whitelist.Cost.Flat(int steps) -> {
                    spend(steps);
                    builder.with(call);
                }
                case Whitelist.Cost.Replaced(ClassDesc owner, String name, var type) ->
                        builder.invokestatic(owner, name, type);
                case Whitelist.Cost.Weighed(ClassDesc owner, var type) -> {
                    builder.dup().invokestatic(owner, "weigh", type);
                    builder.with(call);
                }
            }
        }
    }
}
