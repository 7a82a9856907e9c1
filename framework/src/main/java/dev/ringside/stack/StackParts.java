// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.PacketSink;
import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * StackParts.of(world);
 * }</pre>
 */
public class StackParts {

  private static final StackParts PLAIN = new StackParts();

  StackParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static StackParts of(World world) {
    return world.parts(StackParts.class, PLAIN);
  }

  /** A network stack. */
  public NetworkStack networkStack(World world, Endpoint self, Inbox inbox, PacketSink out) {
    return new NetworkStack(world, self, inbox, out);
  }

  /** An inbox. */
  public Inbox inbox(World world, String owner, int capacity) {
    return new Inbox(world, owner, capacity);
  }
}
