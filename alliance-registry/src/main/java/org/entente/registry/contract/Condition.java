package org.entente.registry.contract;

import com.google.protobuf.Timestamp;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A flow's rule in CEL (protocol.md §4.1): type-checked and bounded when the contract is
/// registered, the same answer for the same facts on every machine.
///
/// Left out of the language: regular expressions, whose cost cannot be bounded; time zones, which
/// differ between machines; building lists and texts, which can grow at each turn of a loop.
public final class Condition {
    public static final int TEXT_SIZE_MAX = 2048;
    public static final int NODE_COUNT_MAX = 512;
    public static final int NESTING_MAX = 24;
    public static final int LOOP_NESTING_MAX = 2;
    public static final int ITERATION_COUNT_MAX = 20_000;
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(TEXT_SIZE_MAX)
                    .maxParseRecursionDepth(NESTING_MAX)
                    .maxParseErrorRecoveryLimit(0)
                    .comprehensionMaxIterations(ITERATION_COUNT_MAX)
                    .enableStringConcatenation(false)
                    .enableListConcatenation(false)
                    .build();
    private static final CelCompiler COMPILER =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardEnvironmentEnabled(false)
                    .setStandardDeclarations(declarations())
                    .setStandardMacros(
                            CelStandardMacro.ALL,
                            CelStandardMacro.EXISTS,
                            CelStandardMacro.EXISTS_ONE)
                    .addVar("organisation", SimpleType.STRING)
                    .addVar("roles", ListType.create(SimpleType.STRING))
                    .addVar("flow", SimpleType.STRING)
                    .addVar("keys", ListType.create(SimpleType.STRING))
                    .addVar("versions", MapType.create(SimpleType.STRING, SimpleType.STRING))
                    .addVar("sizes", MapType.create(SimpleType.STRING, SimpleType.INT))
                    .addVar("attempt", SimpleType.INT)
                    .addVar("time", SimpleType.TIMESTAMP)
                    .setResultType(SimpleType.BOOL)
                    .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    private final String text;
    private final CelRuntime.Program program;

    private Condition(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    public static Parsed<Condition> compile(String text) {
        if (text.length() > TEXT_SIZE_MAX) {
            return Parsed.refused(
                    Fault.CONDITION_TOO_COSTLY,
                    text.length() + " characters where " + TEXT_SIZE_MAX + " are allowed");
        }
        CelValidationResult result = COMPILER.compile(text);
        if (result.hasError()) {
            return refused(result);
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            Optional<String> costly = costly(tree);
            return costly.isPresent()
                    ? Parsed.refused(Fault.CONDITION_TOO_COSTLY, costly.get())
                    : Parsed.of(new Condition(text, RUNTIME.createProgram(tree)));
        } catch (CelValidationException | CelEvaluationException e) {
            return Parsed.refused(Fault.CONDITION_INVALID, String.valueOf(e.getMessage()));
        }
    }

    /// Whether the condition holds; a refusal when it cannot be said, which is never a yes.
    public Parsed<Boolean> evaluate(Facts facts) {
        Map<String, Object> variables = new TreeMap<>();
        variables.put("organisation", facts.organisation().domain());
        variables.put("roles", facts.roles().stream().map(Name::text).toList());
        variables.put("flow", facts.flow().text());
        variables.put("keys", facts.keys());
        variables.put("versions", facts.versions());
        variables.put("sizes", facts.sizes());
        variables.put("attempt", (long) facts.attempt());
        variables.put("time", timestamp(facts.time().toEpochMilli()));
        try {
            return Parsed.of(Boolean.TRUE.equals(program.eval(variables)));
        } catch (CelEvaluationException e) {
            return Parsed.refused(
                    e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED
                            ? Fault.CONDITION_TOO_COSTLY
                            : Fault.CONDITION_INVALID,
                    String.valueOf(e.getMessage()));
        }
    }

    /// Entry times count whole milliseconds.
    private static Timestamp timestamp(long millis) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(millis, MILLIS_PER_SECOND))
                .setNanos(Math.floorMod(millis, MILLIS_PER_SECOND) * NANOS_PER_MILLI)
                .build();
    }

    public String text() {
        return text;
    }

    private static CelStandardDeclarations declarations() {
        return CelStandardDeclarations.newBuilder()
                .filterFunctions((function, overload) ->
                        switch (function) {
                            case MATCHES, DYN, TYPE, BYTES, DOUBLE, UINT, STRING -> false;
                            default -> !overload.toString().endsWith("_WITH_TZ");
                        })
                .build();
    }

    private static Parsed<Condition> refused(CelValidationResult result) {
        CelIssue first = result.getErrors().getFirst();
        boolean costly =
                first.getMessage().contains("recursion limit")
                        || first.getMessage().contains("code point size exceeds limit");
        return Parsed.refused(
                costly ? Fault.CONDITION_TOO_COSTLY : Fault.CONDITION_INVALID,
                "line "
                        + first.getSourceLocation().getLine()
                        + ", column "
                        + (first.getSourceLocation().getColumn() + 1)
                        + ": "
                        + first.getMessage());
    }

    private static Optional<String> costly(CelAbstractSyntaxTree tree) {
        CelNavigableExpr root = CelNavigableAst.fromAst(tree).getRoot();
        long nodes = root.allNodes().count();
        if (nodes > NODE_COUNT_MAX) {
            return Optional.of(nodes + " terms where " + NODE_COUNT_MAX + " are allowed");
        }
        long loops = root.allNodes().mapToLong(Condition::loopNesting).max().orElse(0);
        return loops > LOOP_NESTING_MAX
                ? Optional.of(loops + " loops within another where 2 are allowed")
                : Optional.empty();
    }

    /// How many loops a term stands in, itself included.
    private static long loopNesting(CelNavigableExpr term) {
        long loops = 0;
        Optional<CelNavigableExpr> at = Optional.of(term);
        while (at.isPresent()) {
            if (at.get().getKind() == CelExpr.ExprKind.Kind.COMPREHENSION) {
                loops++;
            }
            at = at.get().parent();
        }
        return loops;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition condition && text.equals(condition.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
