package org.entente.client;

import org.entente.certs.tls.X509;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// The relay that a directory belongs to: `relay` holds its address, `relay.pem` its certificate.
public final class RememberedRelay {
    private static final String ADDRESS = "relay";
    private static final String CERTIFICATE = "relay.pem";
    private static final int FILE_SIZE_BYTES_MAX = 64 * 1024;

    /// `alpha/agents/agent-1` and two above it.
    private static final int LEVELS_MAX = 3;

    private RememberedRelay() {}

    /// An agent's identity lies inside its organisation's directory, which remembers the relay for
    /// both.
    public static Optional<RelayPlace> in(Path directory) throws Unusable {
        Path place = directory.toAbsolutePath().normalize();
        for (int level = 0; level < LEVELS_MAX && place != null; level++) {
            if (Files.exists(place.resolve(ADDRESS))) {
                return Optional.of(read(place));
            }
            place = place.getParent();
        }
        return Optional.empty();
    }

    private static RelayPlace read(Path directory) throws Unusable {
        Path address = directory.resolve(ADDRESS);
        try {
            return place(
                    URI.create(Files.readString(address).strip()), directory.resolve(CERTIFICATE));
        } catch (IOException | IllegalArgumentException e) {
            throw new Unusable(
                    address + " cannot be used: " + e.getMessage(),
                    "Give --relay and --relay-certificate.");
        }
    }

    public static RelayPlace place(URI address, Path certificate) throws Unusable {
        try {
            return new RelayPlace(address, certificate(certificate));
        } catch (IllegalArgumentException e) {
            throw new Unusable(String.valueOf(e.getMessage()), "Correct --relay.");
        }
    }

    public static void remember(RelayPlace relay, Path directory) throws Unusable {
        try {
            PrivateFile.write(
                    directory.resolve(CERTIFICATE), CertificateText.of(relay.certificate()));
            PrivateFile.write(directory.resolve(ADDRESS), relay.address() + "\n");
        } catch (IOException e) {
            throw new Unusable(
                    "cannot write into " + directory + ": " + e.getMessage(),
                    "Make the directory writable for this user.");
        }
    }

    /// Any certificate, in PEM or DER: a relay's is of no organisation's profile.
    public static X509Certificate certificate(Path file) throws Unusable {
        try {
            if (Files.size(file) > FILE_SIZE_BYTES_MAX) {
                throw new Unusable(file + " is too large", "Name the file of one certificate.");
            }
            return switch (X509.read(Bytes.copyOf(Files.readAllBytes(file)))) {
                case Parsed.Value<X509Certificate>(X509Certificate found) -> found;
                case Parsed.Refused<X509Certificate>(var why) ->
                        throw new Unusable(
                                file + ": " + why.detail(),
                                "Name the file of a certificate (PEM).");
            };
        } catch (IOException e) {
            throw new Unusable(
                    file + " cannot be read: " + e.getMessage(), "Check the path of the file.");
        }
    }
}
