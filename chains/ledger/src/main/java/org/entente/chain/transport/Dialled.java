package org.entente.chain.transport;

/// Which end opened a connection.
enum Dialled {
    BY_US,
    BY_THEM
}
