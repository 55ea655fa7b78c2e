package org.entente.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.junit.jupiter.api.Test;

/// A flow's payload schema at those who sign.
final class PayloadTest {
    private final Story story =
            Story.with(
                    "\"payloadSchema\": {\"type\": \"object\", \"required\": [\"goods\"],"
                        + " \"properties\": {\"goods\": {\"type\": \"integer\", \"minimum\": 1}}}");
    private final Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
    private final SeatStage alpha = new SeatStage(story, story.alpha());

    private SeatStage propose(String value) {
        alpha.chain.put(story.order("7"), Bytes.utf8(value));
        return alpha.hear(new ToAgent.Propose(ask, SeatStage.ARGUMENTS));
    }

    @Test
    void a_value_that_fits_is_proposed_and_endorsed_and_one_that_does_not_is_endorsed_by_nobody() {
        ToRelay.Proposed proposed =
                propose("{\"goods\": 7}").said(ToRelay.Proposed.class).getLast();
        SeatStage beta = new SeatStage(story, story.beta());
        ToAgent.Endorse endorse =
                new ToAgent.Endorse(
                        new Sequence(ask, proposed.proposal(), proposed.signature()),
                        SeatStage.ARGUMENTS,
                        proposed.readSet(),
                        proposed.writeSet());
        beta.chain.put(story.order("7"), Bytes.utf8("{\"goods\": 0}"));
        beta.hear(endorse);
        assertThat(beta.declined()).isEqualTo(Fault.PAYLOAD_UNFIT);
        SeatStage gamma = new SeatStage(story, story.gamma());
        gamma.chain.put(story.order("7"), Bytes.utf8("{\"goods\": 7}"));
        gamma.hear(endorse);
        assertThat(gamma.said(ToRelay.Endorsed.class)).hasSize(1);
    }

    @Test
    void a_host_does_not_propose_what_does_not_fit_and_names_the_key_and_the_place() {
        propose("{\"goods\": \"seven\"}");
        assertThat(alpha.declined()).isEqualTo(Fault.PAYLOAD_UNFIT);
        assertThat(alpha.said(ToRelay.Declined.class).getLast().detail())
                .contains("orders/7", "/goods");
        assertThat(alpha.said(ToRelay.Proposed.class)).isEmpty();
    }
}
