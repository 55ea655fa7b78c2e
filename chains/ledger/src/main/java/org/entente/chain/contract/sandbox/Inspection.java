package org.entente.chain.contract.sandbox;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether class files have nothing that a contract may not have (docs/ledger.md §13.2).
final class Inspection {
    /// So that the deepest calls fit every thread's stack.
    private static final int FRAME_SLOTS_MAX = 128;

    private static final int VERSION_MIN = ClassFile.JAVA_8_VERSION;
    private static final int VERSION_MAX = ClassFile.JAVA_25_VERSION;

    private final OwnClasses own;

    Inspection(OwnClasses own) {
        this.own = own;
    }

    void inspect() {
        own.all().forEach(this::inspect);
    }

    private void inspect(ClassModel model) {
        String name = OwnClasses.name(model.thisClass());
        require(
                model.majorVersion() >= VERSION_MIN
                        && model.majorVersion() <= VERSION_MAX
                        && model.minorVersion() == 0,
                name,
                "is of version " + model.majorVersion() + "." + model.minorVersion());
        require(
                !model.flags().has(AccessFlag.MODULE) && !model.flags().has(AccessFlag.ANNOTATION),
                name,
                "is no ordinary class");
        Stream.concat(model.superclass().stream(), model.interfaces().stream())
                .map(OwnClasses::name)
                .forEach(above ->
                        require(
                                own.has(above) || Whitelist.ANCESTORS.contains(above),
                                name,
                                "extends or implements " + above));
        model.findAttribute(Attributes.nestHost())
                .ifPresent(it -> requireOwn(name, List.of(it.nestHost())));
        model.findAttribute(Attributes.nestMembers())
                .ifPresent(it -> requireOwn(name, it.nestMembers()));
        model.fields().forEach(field -> inspect(name, field));
        model.methods().forEach(method -> inspect(name, method));
    }

    private void requireOwn(String name, List<ClassEntry> others) {
        others.forEach(it -> require(own.has(OwnClasses.name(it)), name, "has a foreign nest"));
    }

    private void inspect(String owner, FieldModel field) {
        String where = owner + "." + field.fieldName().stringValue();
        requireType(where, field.fieldTypeSymbol());
        boolean constant =
                field.flags().has(AccessFlag.FINAL)
                        && field.findAttribute(Attributes.constantValue()).isPresent();
        require(
                !field.flags().has(AccessFlag.STATIC) || constant,
                where,
                "is static and no constant: nothing outlives a call");
    }

    private void inspect(String owner, MethodModel method) {
        String where = owner + "." + method.methodName().stringValue();
        require(!method.methodName().equalsString("<clinit>"), where, "initialises statics");
        require(
                !method.flags().has(AccessFlag.NATIVE)
                        && !method.flags().has(AccessFlag.SYNCHRONIZED),
                where,
                "is native or synchronized");
        require(
                !method.methodName().equalsString("finalize"),
                where,
                "would be called by the collector");
        requireType(where, method.methodTypeSymbol());
        method.code().ifPresent(code -> inspect(where, code));
    }

    private void inspect(String where, CodeModel code) {
        if (code instanceof CodeAttribute attribute) {
            require(
                    attribute.maxLocals() + attribute.maxStack() <= FRAME_SLOTS_MAX,
                    where,
                    "has more than " + FRAME_SLOTS_MAX + " locals and operands");
        }
        List<CodeElement> elements = code.elementList();
        List<Label> placed = new ArrayList<>();
        List<Label> named = new ArrayList<>();
        for (CodeElement element : elements) {
            switch (element) {
                case LabelTarget target -> placed.add(target.label());
                case ExceptionCatch handler -> {
                    inspect(where, handler);
                    named.add(handler.handler());
                }
                case Instruction instruction -> {
                    inspect(where, instruction);
                    named.addAll(targets(instruction));
                }
                default -> {}
            }
        }
        // Where a way leads to a place that the class file does not own up to, steps would not be
        // counted.
        require(
                named.stream().allMatch(label -> placed.stream().anyMatch(label::equals)),
                where,
                "has a hidden way");
    }

    static List<Label> targets(Instruction instruction) {
        return switch (instruction) {
            case BranchInstruction branch -> List.of(branch.target());
            case TableSwitchInstruction it -> targets(it.defaultTarget(), it.cases());
            case LookupSwitchInstruction it -> targets(it.defaultTarget(), it.cases());
            default -> List.of();
        };
    }

    private static List<Label> targets(Label otherwise, List<SwitchCase> cases) {
        return Stream.concat(Stream.of(otherwise), cases.stream().map(SwitchCase::target)).toList();
    }

    private void inspect(String where, ExceptionCatch handler) {
        Optional<String> caught = handler.catchType().map(OwnClasses::name);
        require(
                caught.isPresent()
                        && (own.has(caught.get()) || Whitelist.CAUGHT.contains(caught.get())),
                where,
                "catches " + caught.orElse("anything (finally)"));
    }

    private void inspect(String where, Instruction instruction) {
        require(
                !Whitelist.REFUSED.contains(instruction.opcode()),
                where,
                "has the instruction " + instruction.opcode());
        switch (instruction) {
            case ConstantInstruction constant -> inspect(where, constant.constantValue());
            case InvokeInstruction call -> inspect(where, call);
            case FieldInstruction field -> {
                String owner = OwnClasses.name(field.owner());
                require(
                        own.hasField(owner, field.name().stringValue(), field.type().stringValue()),
                        where,
                        "uses the field " + owner + "." + field.name().stringValue());
            }
            case TypeCheckInstruction check -> requireType(where, check.type().asSymbol());
            case NewObjectInstruction made -> requireType(where, made.className().asSymbol());
            case NewReferenceArrayInstruction made ->
                    requireType(where, made.componentType().asSymbol());
            case NewPrimitiveArrayInstruction made ->
                    requireType(where, made.typeKind().upperBound());
            default -> {}
        }
    }

    private static void inspect(String where, ConstantDesc constant) {
        boolean plain =
                constant instanceof Integer
                        || constant instanceof Long
                        || constant instanceof String
                        || constant.equals(java.lang.constant.ConstantDescs.NULL);
        require(plain, where, "has the constant " + constant);
    }

    private void inspect(String where, InvokeInstruction call) {
        String owner = OwnClasses.name(call.owner());
        String name = call.name().stringValue();
        String descriptor = call.type().stringValue();
        boolean allowed;
        if (!own.has(owner)) {
            allowed = Whitelist.method(call).isPresent();
        } else if (name.equals("<init>")) {
            allowed = own.hasConstructor(owner, descriptor);
        } else {
            allowed = own.hasMethod(owner, name, descriptor);
        }
        require(allowed, where, "calls " + owner + "." + name + descriptor);
    }

    private void requireType(String where, MethodTypeDesc type) {
        requireType(where, type.returnType());
        type.parameterList().forEach(each -> requireType(where, each));
    }

    private void requireType(String where, ClassDesc type) {
        require(
                own.allows(type),
                where,
                "names the type " + type.packageName() + "." + type.displayName());
    }

    private static void require(boolean holds, String where, String why) {
        if (!holds) {
            throw new CodeRefused(where, why);
        }
    }
}
