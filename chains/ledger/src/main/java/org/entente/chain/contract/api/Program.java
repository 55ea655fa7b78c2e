package org.entente.chain.contract.api;

/// A contract in Java: its main class implements this and has a public constructor without
/// parameters. Each call is made to a new object, so what a call must remember it puts into its
/// host's store.
public interface Program {
    /// @param arguments as the caller sent them
    /// @return what the receipt says
    byte[] call(String method, byte[] arguments, Host host);
}
