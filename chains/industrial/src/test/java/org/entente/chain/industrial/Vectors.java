package org.entente.chain.industrial;

import org.entente.certs.Signer;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// The byte vectors in `docs/vectors/industrial.json`: objects of four members, and what those
/// signed. Signatures are never the same twice, so they are read from there and not made again: who
/// would sign other bytes than the vectors' finds no signature.
final class Vectors {
    static final Path FILE = Path.of("..", "..", "docs", "vectors", "industrial.json");
    static final int MEMBER_COUNT = 4;
    private static final Comparator<Digest> ORDER = Comparator.comparing(Digest::bytes);
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Signer> members;

    private Vectors(List<Signer> members) {
        this.members = List.copyOf(members);
    }

    /// One signature of the vectors.
    record Said(VerifyingKey key, Digest digest, Signature signature) {}

    static JsonNode json() throws IOException {
        return JSON.readTree(Files.readString(FILE));
    }

    static Vectors read() throws IOException {
        JsonNode json = json();
        TreeMap<VerifyingKey, TreeMap<Digest, Signature>> signed = new TreeMap<>();
        json.path("keys")
                .forEach(key ->
                        signed.put(
                                new VerifyingKey(Bytes.fromHex(key.asString())),
                                new TreeMap<>(ORDER)));
        for (Said each : said(json)) {
            signed.computeIfPresent(
                    each.key,
                    (_, of) -> {
                        of.put(each.digest, each.signature);
                        return of;
                    });
        }
        List<Signer> members = new ArrayList<>();
        signed.forEach((key, of) -> members.add(new Replayed(key, of)));
        return new Vectors(members);
    }

    static List<Said> said(JsonNode json) {
        List<Said> said = new ArrayList<>();
        json.path("signatures")
                .forEach(each ->
                        said.add(
                                new Said(
                                        new VerifyingKey(
                                                Bytes.fromHex(each.path("key").asString())),
                                        Digest.fromHex(each.path("digest").asString()),
                                        new Signature(
                                                Bytes.fromHex(
                                                        each.path("signature").asString())))));
        return said;
    }

    List<Signer> members() {
        return members;
    }

    private record Replayed(VerifyingKey key, TreeMap<Digest, Signature> signed) implements Signer {
        @Override
        public Signature sign(Digest digest) {
            Signature found = signed.get(digest);
            if (found == null) {
                throw new AssertionError("the vectors have no signature over " + digest);
            }
            return found;
        }
    }

    private record Recording(Signer signer, List<Said> said) implements Signer {
        @Override
        public VerifyingKey key() {
            return signer.key();
        }

        @Override
        public Signature sign(Digest digest) {
            for (Said before : said) {
                if (before.key.equals(key()) && before.digest.equals(digest)) {
                    return before.signature;
                }
            }
            Signature signature = signer.sign(digest);
            said.add(new Said(key(), digest, signature));
            return signature;
        }
    }

    /// Makes them anew, with fresh keys; what another program found in that file stays.
    static void write() throws IOException {
        List<Said> said = new ArrayList<>();
        List<Signer> members = new ArrayList<>();
        Keys.first(MEMBER_COUNT).forEach(each -> members.add(new Recording(each, said)));
        ObjectNode root = (ObjectNode) json();
        ArrayNode keys = root.putArray("keys");
        members.forEach(each -> keys.add(each.key().toString()));
        ObjectNode objects = root.putObject("objects");
        new Samples(members).all().forEach(each -> objects.put(each.name(), each.bytes().hex()));
        ArrayNode signatures = root.putArray("signatures");
        said.forEach(each ->
                signatures
                        .addObject()
                        .put("key", each.key.toString())
                        .put("digest", each.digest.toString())
                        .put("signature", each.signature.toString()));
        Files.writeString(
                FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
