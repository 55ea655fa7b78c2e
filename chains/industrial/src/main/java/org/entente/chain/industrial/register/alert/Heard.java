package org.entente.chain.industrial.register.alert;

import org.entente.chain.Block;
import org.entente.chain.execution.Governance;
import org.entente.chain.state.Position;
import org.entente.protocol.OrganisationId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was heard of one block so far, each at its place.
final class Heard {
    private final Block block;
    private final List<Alert> alerts = new ArrayList<>();
    private int index;
    private int number;

    Heard(Block block) {
        this.block = block;
    }

    /// What is told from now on follows from the transaction of an index; of how many there are,
    /// from the block's end.
    void at(int next) {
        index = next;
        number = 0;
    }

    Instant time() {
        return block.header().time();
    }

    Governance.Moment moment() {
        return new Governance.Moment(
                new Position(block.header().height(), index),
                time(),
                block.header().creator(),
                block.header().previous());
    }

    List<Alert> alerts() {
        return List.copyOf(alerts);
    }

    void tell(
            AlertType type,
            Optional<OrganisationId> organisation,
            String subject,
            Optional<Long> level,
            String detail) {
        alerts.add(
                new Alert(
                        type,
                        new Alert.Place(block.header().height(), index, number++),
                        time(),
                        organisation,
                        subject,
                        level,
                        detail));
    }
}
