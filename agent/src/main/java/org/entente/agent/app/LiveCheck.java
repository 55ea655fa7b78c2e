package org.entente.agent.app;

import org.entente.agent.pem.FilesUnusable;
import org.entente.agent.pem.IdentityFiles;
import org.entente.agent.pem.OrganisationFiles;
import org.entente.certs.Cryptography;
import org.entente.certs.tls.ClientTls;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.Address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What `config check --live` looks at for an agent: everything that the configuration names, and
/// nothing is changed by looking.
public final class LiveCheck {
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(5);

    private LiveCheck() {}

    public enum Status {
        GOOD,
        BAD
    }

    /// @param what was looked at
    /// @param words what was seen, or what to do
    public record Finding(String what, Status status, String words) {}

    public static List<Finding> all(AgentConfiguration configuration) throws InterruptedException {
        Cryptography cryptography = Cryptography.fastest();
        List<Finding> findings = new ArrayList<>();
        findings.add(organisation(configuration, cryptography));
        findings.add(identity(configuration, cryptography));
        findings.add(listen(configuration.http().listen()));
        if (configuration.relay().isPresent()) {
            findings.add(relay(configuration.relay().get()));
        }
        return List.copyOf(findings);
    }

    private static Finding organisation(
            AgentConfiguration configuration, Cryptography cryptography) {
        String what = "organisation";
        try {
            return good(
                    what,
                    OrganisationFiles.look(
                            configuration.organisation(), configuration.password(), cryptography));
        } catch (FilesUnusable e) {
            return bad(what, e);
        }
    }

    private static Finding identity(AgentConfiguration configuration, Cryptography cryptography) {
        String what = "identity";
        try {
            return good(
                    what,
                    new IdentityFiles(configuration.identity(), cryptography, new SecureRandom())
                            .read()
                            .toString());
        } catch (FilesUnusable e) {
            return bad(what, e);
        }
    }

    private static Finding listen(Address address) {
        String what = "listen";
        try (ServerSocket _ =
                new ServerSocket(address.port(), 1, InetAddress.getByName(address.host()))) {
            return good(what, address + " is free");
        } catch (IOException e) {
            return new Finding(
                    what,
                    Status.BAD,
                    address + " cannot be used: " + e.getMessage() + "; is the agent running?");
        }
    }

    private static Finding relay(AgentConfiguration.Relay relay) throws InterruptedException {
        String what = "relay";
        try (HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(ANSWER_TIME_MAX)
                        .sslContext(
                                ClientTls.pinned(AgentProcess.pinned(relay.certificate()))
                                        .context())
                        .build()) {
            int status =
                    client.send(
                                    HttpRequest.newBuilder(relay.address().resolve("/v1/status"))
                                            .timeout(ANSWER_TIME_MAX)
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode();
            return status == 200
                    ? good(what, relay.address() + " answers and holds the pinned key")
                    : new Finding(what, Status.BAD, relay.address() + " answers " + status);
        } catch (IOException e) {
            return new Finding(what, Status.BAD, relay.address() + ": " + e);
        } catch (StartRefused e) {
            return bad(what, e);
        }
    }

    private static Finding good(String what, String words) {
        return new Finding(what, Status.GOOD, words);
    }

    private static Finding bad(String what, Exception why) {
        return new Finding(what, Status.BAD, String.valueOf(why.getMessage()));
    }
}
