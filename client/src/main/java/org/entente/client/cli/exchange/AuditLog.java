package org.entente.client.cli.exchange;

import org.entente.client.Audit;
import org.entente.client.AuditReport;
import org.entente.client.Failure;
import org.entente.client.RelayClient;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import java.util.ArrayList;
import java.util.List;

/// `audit`: judges an alliance's log again.
final class AuditLog implements Command {
    private static final Parameter<AllianceId> ALLIANCE =
            Parameter.argument("ALLIANCE", "its id", AllianceId::fromHex);

    @Override
    public Usage usage() {
        List<Parameter<?>> parameters = new ArrayList<>(List.of(ALLIANCE));
        parameters.addAll(AuditFiles.PARAMETERS);
        parameters.addAll(Place.RELAY);
        return new Usage(
                "audit",
                "Read an alliance's whole log, judge every entry again, compare it with the newest"
                        + " seals and with what is given, and name the first entry that is not what"
                        + " it was, and who is convicted.",
                "nothing but the files that are named.",
                "entente audit ALLIANCE --keep audit.kept --org alpha",
                parameters);
    }

    @Override
    public Answer run(Call call) throws Failure {
        AllianceId alliance = call.value(ALLIANCE);
        Audit.Evidence evidence = AuditFiles.evidence(call);
        Audit.Done done;
        if (call.has(AuditFiles.LOG)) {
            done = run(call, alliance, AuditFiles.saved(call), evidence);
        } else {
            try (RelayClient relay = Place.relay(call)) {
                Audit.Evidence more = AuditFiles.withSeal(relay, alliance, evidence);
                done = run(call, alliance, AuditFiles.downloaded(call, relay, alliance), more);
            }
        }
        if (done.report().holds()) {
            AuditFiles.keep(call, done.kept());
        }
        return answer(done.report());
    }

    private static Audit.Done run(
            Call call, AllianceId alliance, Audit.Records records, Audit.Evidence evidence)
            throws Failure {
        return Audit.run(
                alliance,
                Place.verifier(call),
                records,
                evidence,
                (at, total) -> call.progress().at("audit", at, total));
    }

    private static Answer answer(AuditReport report) {
        Table table = new Table("ENTRIES", "COUNT");
        List<Fields> counts = new ArrayList<>();
        report.counts()
                .forEach((what, count) -> {
                    table.row(what, count);
                    counts.add(Fields.of("entries", what).and("count", count));
                });
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(
                "from "
                        + report.from().map(Object::toString).orElse("-")
                        + " to "
                        + report.to().map(Object::toString).orElse("-"));
        lines.add("size " + report.size() + ", root " + report.root());
        lines.add("sealed by a majority: " + report.sealed());
        report.findings().forEach(finding -> lines.add(words(finding)));
        report.convictions()
                .forEach(each -> lines.add("convicted: " + nodes(each) + " " + each.words()));
        Fields json =
                Fields.of("alliance", report.alliance())
                        .and("size", report.size())
                        .and("root", report.root())
                        .and("sealed", report.sealed())
                        .and("from", report.from())
                        .and("to", report.to())
                        .and("counts", counts)
                        .and("findings", report.findings().stream().map(AuditLog::fields).toList())
                        .and(
                                "convictions",
                                report.convictions().stream().map(AuditLog::fields).toList())
                        .and("holds", report.holds());
        if (!report.holds()) {
            return Answer.of(lines, json).refusedBy(why(report));
        }
        lines.add("the log holds: every signature, every rule, every verdict");
        return Answer.of(lines, json);
    }

    private static Verdict.Rejected why(AuditReport report) {
        return report.findings().isEmpty()
                ? Verdict.rejected(
                        Fault.BAD_PROOF, nodes(report.convictions().getFirst()) + " is convicted")
                : Verdict.rejected(Fault.BAD_PROOF, words(report.findings().getFirst()));
    }

    private static String words(AuditReport.Finding finding) {
        return finding.what()
                + finding.serial().map(serial -> " at serial " + serial).orElse("")
                + ": "
                + finding.words();
    }

    private static Fields fields(AuditReport.Finding finding) {
        return Fields.of("what", finding.what())
                .and("serial", finding.serial())
                .and("words", finding.words());
    }

    private static String nodes(AuditReport.Conviction conviction) {
        return conviction.nodes().isEmpty() ? "the relay" : conviction.nodes().toString();
    }

    private static Fields fields(AuditReport.Conviction conviction) {
        return Fields.of("nodes", conviction.nodes()).and("words", conviction.words());
    }
}
