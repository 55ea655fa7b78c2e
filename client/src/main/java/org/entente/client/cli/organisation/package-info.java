/// Commands about an organisation and its nodes: `org`, `enroll`, `chain`, `require`.
///
/// May use: `client`, `client.cli.command`, `client.cli.party`. Specified in `docs/commands.md`.
@NullMarked
package org.entente.client.cli.organisation;

import org.jspecify.annotations.NullMarked;
