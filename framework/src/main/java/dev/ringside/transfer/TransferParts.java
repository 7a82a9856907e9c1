// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * TransferParts.of(world);
 * }</pre>
 */
public class TransferParts {

  private static final TransferParts PLAIN = new TransferParts();

  TransferParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static TransferParts of(World world) {
    return world.parts(TransferParts.class, PLAIN);
  }

  /** The transfers of a lab. */
  public Transfers transfers(World world, Whereabouts places) {
    return new Transfers(world, places);
  }

  /** A transfer. */
  Transfer transfer(
      Transfers transfers, VirtualNetworkPath path, byte[] message, TransferConfig config) {
    return new Transfer(transfers, path, message, config);
  }
}
