// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.stack.Inbox;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what has arrived and was not taken out.
 *
 * <pre>{@code
 * assertThat(web.inbox()).received(udp().port(53), 2).andNothingElse();
 * }</pre>
 */
public class InboxAssert extends AbstractReceiverAssert<InboxAssert, Inbox> {

  /** Assertions about this one. */
  public InboxAssert(@Nullable Inbox actual) {
    super(actual, InboxAssert.class);
  }

  @Override
  protected List<Packet> packets() {
    return actual.packets();
  }

  @Override
  protected World world() {
    return actual.world();
  }

  @Override
  protected String subject() {
    return "inbox " + actual.name();
  }

  @Override
  protected @Nullable Endpoint endpoint() {
    return null;
  }
}
