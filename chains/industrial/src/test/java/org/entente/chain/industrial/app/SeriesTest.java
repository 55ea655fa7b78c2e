package org.entente.chain.industrial.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.Action;
import org.entente.chain.Receipt;
import org.entente.chain.industrial.data.DataChain;
import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.SeriesHead;
import org.junit.jupiter.api.Test;

/// What a load of readings sends, told a chain that has the contract.
final class SeriesTest {
    private static final int READINGS = 50;
    private static final int BATCHES = 3;

    @Test
    void a_series_is_registered_and_then_grows_by_batches() {
        DataChain chain = new DataChain();
        Series series = new Series(DataChain.BEGIN, READINGS);
        for (long nonce = 0; nonce <= BATCHES; nonce++) {
            Action.Call call = (Action.Call) series.next(chain.owner.key(), nonce);
            DataDeed deed = DataDeed.FORMAT.decode(call.arguments()).orThrow();
            assertThat(call.method()).isEqualTo(deed.method());
            assertThat(chain.call(chain.owner, deed).status())
                    .as("%s", deed)
                    .isEqualTo(Receipt.Status.DONE);
        }
        SeriesHead head = chain.book().series(Series.id(chain.owner.key())).orElseThrow();
        assertThat(head.next()).isEqualTo(BATCHES);
        assertThat(head.readings()).isEqualTo((long) BATCHES * series.readings());
    }
}
