package org.entente.chain.contract.sandbox;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What of the JDK and of Entente a contract may use (docs/ledger.md §13.2). What is not here is
/// refused. Left out on purpose: whatever depends on an object's identity, the time, the locale,
/// the threads or the machine; floating point; collections that hash; what calls `equals`,
/// `hashCode` or `toString` of objects it does not know, which a list within itself would never
/// end.
final class Whitelist {
    static final ClassDesc PROGRAM = ClassDesc.of("org.entente.chain.contract.api.Program");
    private static final ClassDesc LIBRARY =
            ClassDesc.of("org.entente.chain.contract.sandbox.Library");

    /// `class NAME [as TYPE]`, then its methods: `name descriptor`; `*` before it: a method of the
    /// library is called instead, with the object as that type, `>` its name where it is another;
    /// `+` before it: the library weighs the one argument first; `!` before it: makes an exception.
    private static final String METHODS =
            """
            class java.lang.Object
              <init> ()V
            class java.lang.String
              length ()I
              isEmpty ()Z
              charAt (I)C
              * equals (Ljava/lang/Object;)Z
              * hashCode ()I
              * compareTo (Ljava/lang/String;)I
              * startsWith (Ljava/lang/String;)Z
              * endsWith (Ljava/lang/String;)Z
              * indexOf (I)I
              * indexOf (II)I
              * lastIndexOf (I)I
              * substring (I)Ljava/lang/String;
              * substring (II)Ljava/lang/String;
              * concat (Ljava/lang/String;)Ljava/lang/String;
              * repeat (I)Ljava/lang/String;
              * strip ()Ljava/lang/String;
              static * valueOf (I)Ljava/lang/String;
              static * valueOf (J)Ljava/lang/String;
            class java.lang.StringBuilder
              <init> ()V
              length ()I
              charAt (I)C
              * append (Ljava/lang/String;)Ljava/lang/StringBuilder;
              * append (C)Ljava/lang/StringBuilder;
              * append (I)Ljava/lang/StringBuilder;
              * append (J)Ljava/lang/StringBuilder;
              * append (Z)Ljava/lang/StringBuilder;
              * reverse ()Ljava/lang/StringBuilder;
              * toString ()Ljava/lang/String;
            class java.lang.Integer
              static valueOf (I)Ljava/lang/Integer;
              intValue ()I
              longValue ()J
              equals (Ljava/lang/Object;)Z
              compareTo (Ljava/lang/Integer;)I
              static compare (II)I
              static * parseInt (Ljava/lang/String;)I
              static * toString (I)Ljava/lang/String;
            class java.lang.Long
              static valueOf (J)Ljava/lang/Long;
              intValue ()I
              longValue ()J
              equals (Ljava/lang/Object;)Z
              compareTo (Ljava/lang/Long;)I
              static compare (JJ)I
              static * parseLong (Ljava/lang/String;)J
              static * toString (J)Ljava/lang/String;
            class java.lang.Boolean
              static valueOf (Z)Ljava/lang/Boolean;
              booleanValue ()Z
            class java.lang.Byte
              static valueOf (B)Ljava/lang/Byte;
              byteValue ()B
            class java.lang.Character
              static valueOf (C)Ljava/lang/Character;
              charValue ()C
            class java.lang.Math
              static abs (I)I
              static abs (J)J
              static min (II)I
              static min (JJ)J
              static max (II)I
              static max (JJ)J
              static addExact (II)I
              static addExact (JJ)J
              static subtractExact (II)I
              static subtractExact (JJ)J
              static multiplyExact (II)I
              static multiplyExact (JJ)J
              static negateExact (J)J
              static toIntExact (J)I
              static floorMod (II)I
              static floorMod (JJ)J
              static floorDiv (JJ)J
            class java.lang.System
              static * arraycopy (Ljava/lang/Object;ILjava/lang/Object;II)V
            class java.lang.Comparable
            class java.lang.RuntimeException
              ! <init> ()V
              ! <init> (Ljava/lang/String;)V
            class java.lang.IllegalArgumentException
              ! <init> ()V
              ! <init> (Ljava/lang/String;)V
            class java.lang.IllegalStateException
              ! <init> ()V
              ! <init> (Ljava/lang/String;)V
            class java.lang.ArithmeticException
              ! <init> (Ljava/lang/String;)V
            class java.lang.NumberFormatException
            class java.lang.IndexOutOfBoundsException
            class java.lang.ClassCastException
            class java.lang.NullPointerException
            class java.math.BigInteger
              + <init> ([B)V
              + <init> (Ljava/lang/String;)V
              static * valueOf (J)Ljava/math/BigInteger; > numberOf
              * add (Ljava/math/BigInteger;)Ljava/math/BigInteger;
              * subtract (Ljava/math/BigInteger;)Ljava/math/BigInteger;
              * multiply (Ljava/math/BigInteger;)Ljava/math/BigInteger;
              * divide (Ljava/math/BigInteger;)Ljava/math/BigInteger;
              * mod (Ljava/math/BigInteger;)Ljava/math/BigInteger;
              * negate ()Ljava/math/BigInteger;
              * abs ()Ljava/math/BigInteger;
              * compareTo (Ljava/math/BigInteger;)I
              * equals (Ljava/lang/Object;)Z
              * toByteArray ()[B
              * toString ()Ljava/lang/String;
              signum ()I
              bitLength ()I
              intValue ()I
              longValue ()J
              intValueExact ()I
              longValueExact ()J
            class java.util.Arrays
              static * copyOf ([BI)[B
              static * copyOfRange ([BII)[B
              static * equals ([B[B)Z
              static * compareUnsigned ([B[B)I
            class java.util.Objects
              static requireNonNull (Ljava/lang/Object;)Ljava/lang/Object;
            class java.util.ArrayList as java.util.List
              <init> ()V
              size ()I
              isEmpty ()Z
              get (I)Ljava/lang/Object;
              set (ILjava/lang/Object;)Ljava/lang/Object;
              iterator ()Ljava/util/Iterator;
              * add (Ljava/lang/Object;)Z
              * add (ILjava/lang/Object;)V
              * remove (I)Ljava/lang/Object;
            class java.util.List as java.util.List
              size ()I
              isEmpty ()Z
              get (I)Ljava/lang/Object;
              set (ILjava/lang/Object;)Ljava/lang/Object;
              iterator ()Ljava/util/Iterator;
              * add (Ljava/lang/Object;)Z
              * add (ILjava/lang/Object;)V
              * remove (I)Ljava/lang/Object;
            class java.util.TreeMap as java.util.Map
              <init> ()V
              size ()I
              isEmpty ()Z
              firstKey ()Ljava/lang/Object;
              lastKey ()Ljava/lang/Object;
              keySet ()Ljava/util/Set;
              values ()Ljava/util/Collection;
              entrySet ()Ljava/util/Set;
              * get (Ljava/lang/Object;)Ljava/lang/Object;
              * containsKey (Ljava/lang/Object;)Z
              * put (Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;
              * remove (Ljava/lang/Object;)Ljava/lang/Object;
            class java.util.Map as java.util.Map
              size ()I
              isEmpty ()Z
              keySet ()Ljava/util/Set;
              values ()Ljava/util/Collection;
              entrySet ()Ljava/util/Set;
              * get (Ljava/lang/Object;)Ljava/lang/Object;
              * containsKey (Ljava/lang/Object;)Z
              * put (Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;
              * remove (Ljava/lang/Object;)Ljava/lang/Object;
            class java.util.Map$Entry
              getKey ()Ljava/lang/Object;
              getValue ()Ljava/lang/Object;
            class java.util.Set
              iterator ()Ljava/util/Iterator;
            class java.util.Collection
              iterator ()Ljava/util/Iterator;
            class java.util.Iterator
              hasNext ()Z
              next ()Ljava/lang/Object;
            class java.util.ArrayDeque as java.util.Deque
              <init> ()V
              size ()I
              isEmpty ()Z
              iterator ()Ljava/util/Iterator;
              * addFirst (Ljava/lang/Object;)V
              * addLast (Ljava/lang/Object;)V
              pollFirst ()Ljava/lang/Object;
              pollLast ()Ljava/lang/Object;
              peekFirst ()Ljava/lang/Object;
              peekLast ()Ljava/lang/Object;
            class java.util.Deque as java.util.Deque
              size ()I
              isEmpty ()Z
              iterator ()Ljava/util/Iterator;
              * addFirst (Ljava/lang/Object;)V
              * addLast (Ljava/lang/Object;)V
              pollFirst ()Ljava/lang/Object;
              pollLast ()Ljava/lang/Object;
              peekFirst ()Ljava/lang/Object;
              peekLast ()Ljava/lang/Object;
            class org.entente.chain.contract.api.Program
            class org.entente.chain.contract.api.Utf8
              static * bytes (Ljava/lang/String;)[B
              static * text ([B)Ljava/lang/String;
            class org.entente.chain.contract.api.Host
              has ([B)Z
              get ([B)[B
              version ([B)[B
              keys ([BI)[[B
              put ([B[B)V
              delete ([B)V
              emit (Ljava/lang/String;[B)V
              caller ()[B
              transaction ()[B
              random ()[B
              blockTime ()J
              height ()J
              hash ([B)[B
              verify ([B[B[B)Z
              denied (Ljava/lang/String;)Ljava/lang/RuntimeException;
              stale (Ljava/lang/String;)Ljava/lang/RuntimeException;
              abort (Ljava/lang/String;)Ljava/lang/RuntimeException;
            """;

    /// What a handler may catch: no error, so that nothing swallows the end of a call.
    static final List<String> CAUGHT =
            List.of(
                    "java.lang.RuntimeException",
                    "java.lang.IllegalArgumentException",
                    "java.lang.IllegalStateException",
                    "java.lang.ArithmeticException",
                    "java.lang.NumberFormatException",
                    "java.lang.IndexOutOfBoundsException",
                    "java.lang.ClassCastException",
                    "java.lang.NullPointerException");

    /// What a class may extend or implement beside those that come with it.
    static final List<String> ANCESTORS =
            List.of(
                    "java.lang.Object",
                    "java.lang.RuntimeException",
                    "java.lang.Comparable",
                    "org.entente.chain.contract.api.Program");

    private static final Whitelist THE = new Whitelist();

    private final TreeSet<String> classes = new TreeSet<>();
    private final TreeMap<String, Method> methods = new TreeMap<>();

    private Whitelist() {
        String owner = "";
        ClassDesc receiver = PROGRAM;
        for (String line : METHODS.lines().map(String::strip).toList()) {
            List<String> words = List.of(line.split(" "));
            if (words.getFirst().equals("class")) {
                owner = words.get(1);
                classes.add(owner);
                receiver = ClassDesc.of(words.getLast());
            } else {
                add(owner, receiver, words);
            }
        }
    }

    private void add(String owner, ClassDesc receiver, List<String> words) {
        boolean isStatic = words.getFirst().equals("static");
        List<String> rest = isStatic ? words.subList(1, words.size()) : words;
        String mark = rest.getFirst();
        List<String> named = "*+!".contains(mark) ? rest.subList(1, rest.size()) : rest;
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(named.get(1));
        Cost cost =
                switch (mark) {
                    case "*" ->
                            new Cost.Replaced(
                                    LIBRARY,
                                    named.getLast().equals(named.get(1))
                                            ? named.getFirst()
                                            : named.getLast(),
                                    isStatic ? type : type.insertParameterTypes(0, receiver));
                    case "+" ->
                            new Cost.Weighed(LIBRARY, type.changeReturnType(ConstantDescs.CD_void));
                    case "!" -> new Cost.Flat(Meter.EXCEPTION_STEPS);
                    default -> new Cost.Flat(4);
                };
        methods.put(key(owner, named.getFirst(), named.get(1)), new Method(isStatic, cost));
    }

    /// @param cost how a call of it is counted
    record Method(boolean isStatic, Cost cost) {}

    /// How a call is counted.
    sealed interface Cost {
        /// So many steps.
        record Flat(int steps) implements Cost {}

        /// By what is called instead.
        record Replaced(ClassDesc owner, String name, MethodTypeDesc type) implements Cost {}

        /// By what sees its one argument first.
        record Weighed(ClassDesc owner, MethodTypeDesc type) implements Cost {}
    }

    static boolean hasClass(String name) {
        return THE.classes.contains(name);
    }

    static Optional<Method> method(InvokeInstruction call) {
        String owner = call.owner().asInternalName().replace('/', '.');
        Optional<Method> found =
                Optional.ofNullable(
                        THE.methods.get(
                                key(owner, call.name().stringValue(), call.type().stringValue())));
        return found.filter(it ->
                it.isStatic() == (call.opcode() == Opcode.INVOKESTATIC)
                        && (call.opcode() != Opcode.INVOKESPECIAL
                                || call.name().equalsString("<init>")));
    }

    private static String key(String owner, String name, String descriptor) {
        return owner + " " + name + descriptor;
    }

    /// No floating point, whose library may round otherwise elsewhere; no monitors; no comparison
    /// of identities; no code that comes to be when it runs.
    static final EnumSet<Opcode> REFUSED =
            EnumSet.of(
                    Opcode.IF_ACMPEQ,
                    Opcode.IF_ACMPNE,
                    Opcode.INVOKEDYNAMIC,
                    Opcode.MONITORENTER,
                    Opcode.MONITOREXIT,
                    Opcode.MULTIANEWARRAY,
                    Opcode.PUTSTATIC);

    static {
        for (Opcode opcode : Opcode.values()) {
            String name = opcode.name();
            boolean floating =
                    (name.startsWith("F") || name.startsWith("D")) && !name.startsWith("DUP");
            if (floating || name.matches("[IL]2[FD]|JSR.*|RET|RET_W")) {
                REFUSED.add(opcode);
            }
        }
    }
}
