package org.entente.chain.contract.sandbox;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The classes of one contract by their names, with dots.
final class OwnClasses {
    private static final List<String> FOREIGN =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.entente.");

    private final TreeMap<String, ClassModel> byName = new TreeMap<>();

    OwnClasses(List<ClassModel> models) {
        for (ClassModel model : models) {
            String name = name(model.thisClass());
            if (FOREIGN.stream().anyMatch(name::startsWith)
                    || !name.matches("[A-Za-z_$][A-Za-z0-9_$.]*")) {
                throw new CodeRefused(name, "is no name for a contract's class");
            }
            if (byName.put(name, model) != null) {
                throw new CodeRefused(name, "is there twice");
            }
        }
    }

    static String name(ClassEntry entry) {
        return entry.asInternalName().replace('/', '.');
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    Collection<ClassModel> all() {
        return byName.values();
    }

    /// Whether a type may be named at all.
    boolean allows(ClassDesc type) {
        ClassDesc element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        String descriptor = element.descriptorString();
        if (element.isPrimitive()) {
            return !descriptor.equals("F") && !descriptor.equals("D");
        }
        String name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
        return has(name) || Whitelist.hasClass(name);
    }

    /// Whether one of these classes, or what it extends or implements, has such a method.
    boolean hasMethod(String owner, String name, String descriptor) {
        return anyAbove(
                owner,
                model -> model.methods().stream().anyMatch(method -> is(method, name, descriptor)));
    }

    /// Whether this class itself has such a constructor.
    boolean hasConstructor(String owner, String descriptor) {
        return find(owner).stream()
                .flatMap(model -> model.methods().stream())
                .anyMatch(method -> is(method, "<init>", descriptor));
    }

    boolean hasField(String owner, String name, String descriptor) {
        return anyAbove(
                owner,
                model ->
                        model.fields().stream()
                                .anyMatch(field ->
                                        field.fieldName().equalsString(name)
                                                && field.fieldType().equalsString(descriptor)));
    }

    /// How many fields an object of this class has.
    int fieldCount(String owner) {
        int[] count = new int[1];
        anyAbove(
                owner,
                model -> {
                    count[0] += model.fields().size();
                    return false;
                });
        return count[0];
    }

    private static boolean is(MethodModel method, String name, String descriptor) {
        return method.methodName().equalsString(name)
                && method.methodType().equalsString(descriptor);
    }

    private Optional<ClassModel> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private boolean anyAbove(String name, Predicate<ClassModel> holds) {
        TreeSet<String> seen = new TreeSet<>();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            String next = open.removeFirst();
            Optional<ClassModel> model = find(next);
            if (model.isEmpty() || !seen.add(next)) {
                continue;
            }
            if (holds.test(model.get())) {
                return true;
            }
            model.get().superclass().ifPresent(it -> open.add(name(it)));
            model.get().interfaces().forEach(it -> open.add(name(it)));
        }
        return false;
    }
}
