package org.entente.client;

import org.entente.protocol.Bytes;
import org.entente.registry.contract.AllianceContract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Contract files that a person named, in any order: alliance contracts have `parties`, all others
/// are taken for node contracts.
public record ContractFiles(List<Bytes> contracts, List<Bytes> nodeContracts) {
    public ContractFiles {
        contracts = List.copyOf(contracts);
        nodeContracts = List.copyOf(nodeContracts);
    }

    public static ContractFiles read(List<Path> files) throws Unusable {
        List<Bytes> contracts = new ArrayList<>();
        List<Bytes> nodeContracts = new ArrayList<>();
        for (Path file : files) {
            Bytes content = bytes(file);
            (isAllianceContract(content) ? contracts : nodeContracts).add(content);
        }
        return new ContractFiles(contracts, nodeContracts);
    }

    public static Bytes bytes(Path file) throws Unusable {
        try {
            if (Files.size(file) > AllianceContract.SIZE_BYTES_MAX) {
                throw new Unusable(
                        file + " is larger than a contract may be",
                        "A contract has at most " + AllianceContract.SIZE_BYTES_MAX + " bytes.");
            }
            return Bytes.copyOf(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Unusable(
                    file + " cannot be read: " + e.getMessage(), "Check the path of the file.");
        }
    }

    /// What is no JSON at all is left to the reader of alliance contracts, which says why.
    private static boolean isAllianceContract(Bytes content) {
        try {
            var json = Json.read(content);
            return json.has("parties") || !json.has("endorsers");
        } catch (Json.Unexpected e) {
            return true;
        }
    }
}
