package org.entente.adapter;

/// Where an adapter notes what it followed, so that a final block that is replaced while nobody
/// looks is noticed afterwards (protocol.md §6.8).
public interface Trail {
    /// Notes nothing.
    Trail NONE =
            new Trail() {
                @Override
                public void followed(Point point) {
                    // Forgotten with the process.
                }

                @Override
                public void broken(Seen.FinalityBroken<?> how) {
                    // Found out again by whoever still knows the lost block.
                }
            };

    /// A later final block.
    void followed(Point point);

    /// A final block was replaced; durable when this returns.
    void broken(Seen.FinalityBroken<?> how);
}
