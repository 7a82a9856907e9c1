// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.memory.MemoryParts;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the memory that a host was built with. */
final class HostMemory {

  private HostMemory() {}

  static TransmitBuffers transmitBuffers(World world, HostBuilder spec, NumaTopology topology) {
    List<String> nics = new ArrayList<>(spec.pnicCount());
    for (int i = 0; i < spec.pnicCount(); i++) {
      nics.add("p" + i);
    }
    check("PNIC", topology.placedNics(), nics, spec.name());
    List<String> applications = new ArrayList<>(spec.vmSpecs().size() + 1);
    applications.add(spec.name());
    for (VmSpec vm : spec.vmSpecs()) {
      applications.add(vm.name());
    }
    check("application", topology.placedApplications(), applications, spec.name());
    return MemoryParts.of(world).transmitBuffers(world, spec.name(), topology);
  }

  static TransmitBuffers required(@Nullable TransmitBuffers buffers, String host) {
    if (buffers == null) {
      throw new IllegalStateException(
          "host " + host + " has no transmit buffers; build it with numa(NumaTopology.nodes(1))");
    }
    return buffers;
  }

  private static void check(String what, List<String> placed, List<String> has, String host) {
    for (String name : placed) {
      if (!has.contains(name)) {
        throw new IllegalArgumentException(
            "no "
                + what
                + " named '"
                + name
                + "' to put on a NUMA node of host "
                + host
                + "; it has "
                + has);
      }
    }
  }
}
