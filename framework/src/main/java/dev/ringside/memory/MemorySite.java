// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.world.World;
import java.util.List;

/**
 * A host, as its memory sees it.
 *
 * <pre>{@code
 * MemoryPool pool = new MemoryPool(site, MemorySize.mebibytes(4));
 * }</pre>
 */
public interface MemorySite {

  /** What the devices of the lab share. */
  World world();

  /** The name of the host. */
  String name();

  /** The names of its virtual machines, in order. */
  List<String> vms();

  /** Puts a gate of this pool in front of each virtual machine, from now on also of new ones. */
  void openGates(MemoryPool pool);
}
