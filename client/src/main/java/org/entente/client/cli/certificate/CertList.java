package org.entente.client.cli.certificate;

import org.entente.certs.Certificate;
import org.entente.certs.Revocation;
import org.entente.certs.issue.LedgerEntry;
import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.TransactionFolder;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Expiries;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.OrganisationHome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// `cert list`: the certificates that an organisation gave out, or those that a node holds.
final class CertList implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "list",
                "List the certificates that the organisation gave out, or those that a node holds,"
                        + " with warnings 30, 7 and 1 days before they end.",
                "nothing.",
                "entente cert list --org alpha",
                List.of(Options.ORG.whenNeeded(), Options.IDENTITY.whenNeeded()));
    }

    @Override
    public Answer run(Call call) throws Failure {
        call.exactlyOne(Options.ORG, Options.IDENTITY);
        return call.has(Options.ORG) ? ofOrganisation(call) : ofNode(call);
    }

    private static Answer ofOrganisation(Call call) throws Failure {
        try (OrganisationHome home = OrganisationHome.open(call.value(Options.ORG), call)) {
            // In the order of issuing, which a person expects.
            Map<Revocation, Certificate> identities = new LinkedHashMap<>();
            TreeMap<Revocation, Instant> revoked = new TreeMap<>();
            List<LedgerEntry.BatchIssued> batches = new ArrayList<>();
            home.with(directory -> {
                directory.ledger().entries(entry -> read(entry, identities, revoked, batches));
                return directory;
            });
            Listing listing = new Listing(call.world().clock().instant());
            home.directory()
                    .generations()
                    .forEach(generation ->
                            generation.authorities().all().forEach(ca -> listing.add(ca, false)));
            identities.forEach(
                    (name, identity) -> listing.add(identity, revoked.containsKey(name)));
            long transactions =
                    batches.stream().mapToLong(batch -> batch.serialNumbers().size()).sum();
            TreeSet<String> holders = new TreeSet<>();
            batches.forEach(batch -> holders.add(batch.holder().uri()));
            listing.lines.add(transactions + " transaction certificates were given to " + holders);
            return listing.answer();
        }
    }

    private static void read(
            LedgerEntry entry,
            Map<Revocation, Certificate> identities,
            SortedMap<Revocation, Instant> revoked,
            List<LedgerEntry.BatchIssued> batches) {
        switch (entry) {
            case LedgerEntry.IdentityIssued it ->
                    identities.put(
                            new Revocation(it.issuer(), it.certificate().serialNumber()),
                            it.certificate());
            case LedgerEntry.Revoked it -> revoked.put(it.certificate(), it.at());
            case LedgerEntry.BatchIssued it -> batches.add(it);
            case LedgerEntry.TokenIssued _,
                    LedgerEntry.TokenUsed _,
                    LedgerEntry.RolesGiven _,
                    LedgerEntry.Opened _,
                    LedgerEntry.ListIssued _ -> {}
        }
    }

    private static Answer ofNode(Call call) throws Failure {
        IdentityDirectory identity =
                IdentityDirectory.open(
                        call.value(Options.IDENTITY), call.world().cryptography().get());
        Listing listing = new Listing(call.world().clock().instant());
        listing.add(identity.certificate(), false);
        for (Certificate ca : identity.chain()) {
            listing.add(ca, false);
        }
        for (Certificate each : TransactionFolder.certificates(identity.home())) {
            listing.add(each, false);
        }
        return listing.answer();
    }

    /// The table while it is filled.
    private static final class Listing {
        private final Table table = new Table("CERTIFICATE", "KIND", "SERIAL", "UNTIL", "STATE");
        private final List<Fields> json = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private final Expiries expiries;
        private final Instant now;

        Listing(Instant now) {
            this.now = now;
            this.expiries = new Expiries(now);
        }

        void add(Certificate certificate, boolean revoked) {
            String whose = certificate.body().subject().uri();
            boolean ended = now.isAfter(certificate.notAfter());
            String state = revoked ? "revoked" : ended ? "ended" : "holds";
            table.row(
                    whose,
                    certificate.kind(),
                    certificate.serialNumber(),
                    certificate.notAfter(),
                    state);
            json.add(
                    Fields.of("subject", whose)
                            .and("kind", certificate.kind())
                            .and("serialNumber", certificate.serialNumber())
                            .and("digest", certificate.digest())
                            .and("notAfter", certificate.notAfter())
                            .and("state", state));
            if (!revoked && certificate.grant().isEmpty()) {
                expiries.add("the certificate of " + whose, certificate.notAfter());
            }
        }

        Answer answer() {
            List<String> all = new ArrayList<>(table.lines());
            all.addAll(lines);
            all.addAll(expiries.warnings());
            Answer answer =
                    Answer.of(
                            all,
                            Fields.of("certificates", json).and("warnings", expiries.warnings()));
            return expiries.warnings().isEmpty()
                    ? answer
                    : answer.next("nodes: entente cert renew; CAs: entente org rotate");
        }
    }
}
