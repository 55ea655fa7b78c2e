package org.entente.chain.state;

import java.util.function.Predicate;

/// The keys that were ever written, in their order: a treap whose priorities are their places in
/// the Merkle tree, so it is balanced without chance. Immutable, as the state is whose keys they
/// are; what is written again changes nothing here.
sealed interface KeyTree {
    record Nothing() implements KeyTree {}

    record Fork(StateKey key, KeyTree left, KeyTree right) implements KeyTree {
        private Fork withLeft(KeyTree next) {
            return new Fork(key, next, right);
        }

        private Fork withRight(KeyTree next) {
            return new Fork(key, left, next);
        }

        private boolean isAbove(Fork other) {
            return key.index().compareTo(other.key.index()) > 0;
        }
    }

    /// With a key that is not there yet.
    default KeyTree with(StateKey key) {
        return put(this, key);
    }

    /// Visits keys from one on, ascending, until the visitor says no.
    ///
    /// @return whether it never did
    default boolean from(StateKey first, Predicate<StateKey> visitor) {
        return switch (this) {
            case Nothing() -> true;
            case Fork(StateKey key, KeyTree left, KeyTree right) -> {
                boolean within = key.compareTo(first) >= 0;
                yield (!within || (left.from(first, visitor) && visitor.test(key)))
                        && right.from(first, visitor);
            }
        };
    }

    /// Visits all keys, ascending.
    default boolean all(Predicate<StateKey> visitor) {
        return switch (this) {
            case Nothing() -> true;
            case Fork(StateKey key, KeyTree left, KeyTree right) ->
                    left.all(visitor) && visitor.test(key) && right.all(visitor);
        };
    }

    private static Fork put(KeyTree tree, StateKey key) {
        return switch (tree) {
            case Nothing() -> new Fork(key, new Nothing(), new Nothing());
            case Fork fork ->
                    key.compareTo(fork.key) < 0
                            ? raisedLeft(fork, put(fork.left, key))
                            : raisedRight(fork, put(fork.right, key));
        };
    }

    private static Fork raisedLeft(Fork fork, Fork left) {
        return left.isAbove(fork) ? left.withRight(fork.withLeft(left.right)) : fork.withLeft(left);
    }

    private static Fork raisedRight(Fork fork, Fork right) {
        return right.isAbove(fork)
                ? right.withLeft(fork.withRight(right.left))
                : fork.withRight(right);
    }
}
