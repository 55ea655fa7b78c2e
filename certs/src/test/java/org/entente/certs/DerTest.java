package org.entente.certs;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.entente.protocol.Signature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.Random;

class DerTest {
    /// Of 1 and 127 bits up to all 255, with and without a highest bit that would be a sign.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 127, 128, 129, 247, 248, 249, 254, 255})
    void a_signature_has_the_bytes_that_bouncy_castle_gives_it(int bits) throws Exception {
        Random random = new Random(bits);
        for (int round = 0; round < 200; round++) {
            BigInteger r = new BigInteger(bits, random).setBit(bits - 1);
            BigInteger s = new BigInteger(1 + random.nextInt(254), random).setBit(0);
            Signature signature = Signature.of(r, s);
            byte[] expected =
                    new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)})
                            .getEncoded("DER");
            assertThat(Der.of(signature).toArray()).isEqualTo(expected);
            assertThat(Der.signature(Der.of(signature))).isEqualTo(signature);
        }
    }
}
