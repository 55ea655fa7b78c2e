package org.entente.chain.state;

import org.entente.protocol.Digest;

import java.util.function.Predicate;

/// Items in the order of their keys: a treap whose priorities are the keys' places in the Merkle
/// tree, so it is balanced without chance. Immutable: readers keep the state they began with while
/// the next block is made.
sealed interface ItemTree {
    record Nothing() implements ItemTree {}

    record Fork(Item item, Digest priority, ItemTree left, ItemTree right) implements ItemTree {
        private Fork withLeft(ItemTree next) {
            return new Fork(item, priority, next, right);
        }

        private Fork withRight(ItemTree next) {
            return new Fork(item, priority, left, next);
        }
    }

    /// @param place of the item's key
    default ItemTree with(Item item, Digest place) {
        return put(this, item, place);
    }

    /// Visits items from a key on, ascending, until the visitor says no.
    ///
    /// @return whether it never did
    default boolean from(StateKey first, Predicate<Item> visitor) {
        return switch (this) {
            case Nothing() -> true;
            case Fork(Item item, _, ItemTree left, ItemTree right) -> {
                boolean within = item.key().compareTo(first) >= 0;
                yield (!within || (left.from(first, visitor) && visitor.test(item)))
                        && right.from(first, visitor);
            }
        };
    }

    /// Visits all items, ascending.
    default boolean all(Predicate<Item> visitor) {
        return switch (this) {
            case Nothing() -> true;
            case Fork(Item item, _, ItemTree left, ItemTree right) ->
                    left.all(visitor) && visitor.test(item) && right.all(visitor);
        };
    }

    private static Fork put(ItemTree tree, Item item, Digest priority) {
        return switch (tree) {
            case Nothing() -> new Fork(item, priority, new Nothing(), new Nothing());
            case Fork fork -> {
                int order = item.key().compareTo(fork.item.key());
                if (order == 0) {
                    yield new Fork(item, fork.priority, fork.left, fork.right);
                }
                yield order < 0
                        ? raisedLeft(fork, put(fork.left, item, priority))
                        : raisedRight(fork, put(fork.right, item, priority));
            }
        };
    }

    private static Fork raisedLeft(Fork fork, Fork left) {
        return left.priority.compareTo(fork.priority) > 0
                ? left.withRight(fork.withLeft(left.right))
                : fork.withLeft(left);
    }

    private static Fork raisedRight(Fork fork, Fork right) {
        return right.priority.compareTo(fork.priority) > 0
                ? right.withLeft(fork.withRight(right.left))
                : fork.withRight(right);
    }
}
