package org.entente.client.cli.certificate;

import org.entente.client.cli.command.Group;

import java.util.List;

/// The groups of commands that this package has.
public final class CertificateCommands {
    private CertificateCommands() {}

    public static List<Group> groups() {
        return List.of(
                new Group(
                        "cert",
                        "Certificates: list, renew, revoke; batches for requests; openings.",
                        () ->
                                List.of(
                                        new CertList(),
                                        new CertRenew(),
                                        new CertRevoke(),
                                        new CertBatch(),
                                        new CertDemand(),
                                        new CertOpen())),
                new Group(
                        "log",
                        "The relay's logs, checked here.",
                        () ->
                                List.of(
                                        new LogRead(LogRead.Detail.ENTRIES),
                                        new LogRead(LogRead.Detail.SUMMARY))));
    }
}
