package org.entente.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.runtime.config.Configured;
import org.entente.runtime.config.Settings;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// The lines of `agent.conf` about chains.
final class ChainConfigurationTest {
    private static final String REST =
            """
            process = agent
            listen = 127.0.0.1:0
            organisation = org
            node = agent-1
            """;

    private static Configured<AgentConfiguration> read(String lines) {
        return AgentConfiguration.configured(
                Settings.parse(REST + lines, "agent.conf", Path.of("home")));
    }

    @Test
    void a_chain_is_named_with_its_genesis_and_its_nodes() {
        Configured<AgentConfiguration> read =
                read(
                        """
                        chain.1 = solo:orders
                        chain.1.genesis = %s
                        chain.1.nodes = http://127.0.0.1:7001, http://127.0.0.1:7002
                        """
                                .formatted(Digest.ZERO));
        assertThat(read).isInstanceOf(Configured.Ready.class);
        AgentConfiguration configuration = ((Configured.Ready<AgentConfiguration>) read).value();
        ChainConfiguration chain = configuration.followed().getFirst();
        assertThat(chain.chain()).isEqualTo(new ChainId("solo:orders"));
        assertThat(chain.nodes())
                .isEqualTo(
                        List.of(
                                URI.create("http://127.0.0.1:7001"),
                                URI.create("http://127.0.0.1:7002")));
        assertThat(chain.account()).isEmpty();
        assertThat(configuration.chains()).containsExactly(new ChainId("solo:orders"));
    }

    @Test
    void half_of_a_chain_is_refused() {
        assertThat(read("chain.1.nodes = http://127.0.0.1:7001"))
                .isInstanceOf(Configured.Faulty.class);
        assertThat(read("chain.1 = solo:orders\nchain.1.genesis = " + Digest.ZERO))
                .isInstanceOf(Configured.Faulty.class);
        assertThat(
                        read(
                                """
                                chain.1 = solo:orders
                                chain.1.genesis = %s
                                chain.1.nodes = http://127.0.0.1:7001
                                chain.1.account = account.p12
                                """
                                        .formatted(Digest.ZERO)))
                .isInstanceOf(Configured.Faulty.class);
    }
}
