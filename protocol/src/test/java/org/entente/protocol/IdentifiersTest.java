package org.entente.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;

class IdentifiersTest {
    @ParameterizedTest
    @ValueSource(strings = {"alpha.example", "a.b", "x-1.sub.example.org"})
    void an_organisation_is_named_by_a_domain_name(String domain) {
        assertThat(new OrganisationId(domain)).hasToString(domain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alpha",
                "Alpha.example",
                "alpha.example.",
                ".example",
                "a..b",
                "-a.example",
                "alpha.example/node",
                "älpha.example",
                "alpha.example\n"
            })
    void anything_else_names_no_organisation(String domain) {
        assertThatThrownBy(() -> new OrganisationId(domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("domain name");
    }

    @Test
    void a_node_and_its_uri_are_one() {
        NodeId node = NodeId.parse("spiffe://alpha.example/node/agent-1");
        assertThat(node.organisation()).isEqualTo(new OrganisationId("alpha.example"));
        assertThat(node.uri()).isEqualTo("spiffe://alpha.example/node/agent-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alpha.example/node/a",
                "spiffe://alpha.example",
                "spiffe://alpha.example/node/",
                "spiffe://node/agent-1",
                "spiffe://alpha.example/node/a/b",
                "spiffe://alpha.example/node/A",
                "SPIFFE://alpha.example/node/a",
                "spiffe://alpha.example/node/a?x"
            })
    void anything_else_names_no_node(String uri) {
        assertThatThrownBy(() -> NodeId.parse(uri)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"eip155:1", "solo:orders", "fabric:channel-1_a", "bip122:000000000019d6"})
    void a_chain_has_a_caip_2_name(String text) {
        assertThat(new ChainId(text).namespace()).isEqualTo(text.split(":", 2)[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "eip155", "ei:1", "eip155:", "EIP155:1", "eip155:1:2", "eip155:a b"})
    void anything_else_names_no_chain(String text) {
        assertThatThrownBy(() -> new ChainId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_point_off_the_curve_is_no_key() {
        assertThatThrownBy(() -> VerifyingKey.of(BigInteger.ONE, BigInteger.ONE))
                .hasMessageContaining("not a point");
    }

    @Test
    void the_generator_of_the_curve_is_a_key() {
        BigInteger x =
                new BigInteger(
                        "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", 16);
        BigInteger y =
                new BigInteger(
                        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5", 16);
        assertThat(VerifyingKey.of(x, y).x()).isEqualTo(x);
        assertThat(VerifyingKey.of(x, y).y()).isEqualTo(y);
    }

    @Test
    void a_signature_has_one_form() {
        BigInteger low = BigInteger.valueOf(5);
        BigInteger order =
                new BigInteger(
                        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
        assertThat(Signature.of(BigInteger.TWO, order.subtract(low)))
                .isEqualTo(Signature.of(BigInteger.TWO, low));
        assertThatThrownBy(() -> new Signature(Bytes.copyOf(new byte[64])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes_are_ordered_as_unsigned() {
        assertThat(Bytes.fromHex("7f")).isLessThan(Bytes.fromHex("80"));
        assertThat(Bytes.fromHex("80")).isLessThan(Bytes.fromHex("8000"));
    }
}
