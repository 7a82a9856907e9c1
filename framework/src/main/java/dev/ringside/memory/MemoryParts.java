// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.packet.PacketMatcher;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * MemoryParts.of(world);
 * }</pre>
 */
public class MemoryParts {

  private static final MemoryParts PLAIN = new MemoryParts();

  MemoryParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static MemoryParts of(World world) {
    return world.parts(MemoryParts.class, PLAIN);
  }

  /** The memory of a host. */
  public MemoryPool memoryPool(MemorySite site, @Nullable MemorySize size) {
    return new MemoryPool(site, size);
  }

  /** A share of it. */
  Quota quota(
      MemoryPool pool,
      String name,
      TargetKind kind,
      @Nullable PacketMatcher matcher,
      MemorySize size,
      QuotaConfig config) {
    return new Quota(pool, name, kind, matcher, size, config);
  }

  /** The transmit buffers of a host. */
  public TransmitBuffers transmitBuffers(World world, String host, NumaTopology topology) {
    return new TransmitBuffers(world, host, topology);
  }

  /** Who asks for buffers. */
  Application application(TransmitBuffers pool, String name, int node) {
    return new Application(pool, name, node);
  }
}
