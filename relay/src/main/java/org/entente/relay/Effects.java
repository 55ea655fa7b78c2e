package org.entente.relay;

import java.util.ArrayList;
import java.util.List;

/// The effects of one event, in order.
final class Effects {
    private List<Effect> list = new ArrayList<>();

    void add(Effect effect) {
        list.add(effect);
    }

    List<Effect> taken() {
        List<Effect> taken = list;
        list = new ArrayList<>();
        return taken;
    }
}
