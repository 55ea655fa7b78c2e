package org.entente.registry.policy;

/// Who could forge an exchange and who could block one, at the least (protocol.md §4.3).
public record Exposure(SmallestSets forging, SmallestSets blocking) {}
