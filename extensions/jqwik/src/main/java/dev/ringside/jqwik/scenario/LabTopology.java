// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.scenario;

import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.host.HostBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.NicConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One host, h1, whose parts vary. The station is outside of it.
 *
 * <pre>{@code
 * LabTopology two = LabTopology.of(2, 1, VmSpec.named("vm1"));
 * try (Lab lab = Lab.of(two)) { ... }
 * }</pre>
 *
 * @param seed the seed of the lab
 * @param pnics how many NICs, p0, p1, ...; with two or more they are aggregated
 * @param nic what kind of card they are
 * @param aggregator how they are aggregated
 * @param vms the virtual machines that are there from the start
 * @param portSelectionOrNull how connections are spread; null: not, the NICs are active/standby
 */
public record LabTopology(
    long seed,
    int pnics,
    NicConfig nic,
    AggregatorConfig aggregator,
    List<VmSpec> vms,
    @Nullable PortSelectionPolicy portSelectionOrNull)
    implements Topology {

  /** Copies the virtual machines. */
  public LabTopology {
    vms = List.copyOf(vms);
  }

  /** So many NICs, each with so many virtual functions, and these virtual machines. */
  public static LabTopology of(int pnics, int functions, VmSpec... vms) {
    return new LabTopology(
        0x5eed,
        pnics,
        NicConfig.DEFAULT.withVirtualFunctions(functions),
        AggregatorConfig.DEFAULT,
        List.of(vms),
        null);
  }

  @Override
  public void build(LabBuilder lab) {
    HostBuilder host = lab.seed(seed).host("h1").pnics(pnics).nic(nic);
    if (portSelectionOrNull != null) {
      host.portSelection(portSelectionOrNull).aggregator(aggregator);
    } else if (pnics > 1) {
      host.aggregator(aggregator);
    }
    for (VmSpec vm : vms) {
      host.vm(vm);
    }
  }

  /** The names of its NICs. */
  public List<String> nicNames() {
    List<String> names = new ArrayList<>(pnics);
    for (int i = 0; i < pnics; i++) {
      names.add("p" + i);
    }
    return names;
  }

  /** The same with another seed. */
  public LabTopology withSeed(long newSeed) {
    return new LabTopology(newSeed, pnics, nic, aggregator, vms, portSelectionOrNull);
  }

  /** The same with another card. */
  public LabTopology withNic(NicConfig newNic) {
    return new LabTopology(seed, pnics, newNic, aggregator, vms, portSelectionOrNull);
  }

  /** The same with another aggregation. */
  public LabTopology withAggregator(AggregatorConfig newAggregator) {
    return new LabTopology(seed, pnics, nic, newAggregator, vms, portSelectionOrNull);
  }

  /** The same with all NICs active, and connections spread by this policy. */
  public LabTopology withPortSelection(PortSelectionPolicy policy) {
    return new LabTopology(seed, pnics, nic, aggregator, vms, policy);
  }

  /** What differs from the defaults, in one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(96).append("h1: ").append(pnics);
    text.append(pnics == 1 ? " PNIC, " : " PNICs, ").append(nic.virtualFunctions());
    text.append(pnics == 1 ? " VFs" : " VFs each").append(", rings of ").append(nic.ringCapacity());
    if (pnics > 1) {
      text.append(", hold ").append(aggregator.holdCapacity());
      text.append(", ").append(aggregator.inFlight());
      text.append(", step delay ").append(aggregator.stepDelay().toNanos()).append(" ns");
    }
    if (portSelectionOrNull != null) {
      text.append(", active/active by ").append(portSelectionOrNull);
    }
    text.append("; ");
    if (vms.isEmpty()) {
      text.append("no VM");
    }
    for (int i = 0; i < vms.size(); i++) {
      VmSpec vm = vms.get(i);
      text.append(i == 0 ? "" : ", ").append(vm.name());
      text.append(vm.vlan() == 0 ? "" : " vlan " + vm.vlan());
      text.append(vm.direct() ? "" : " switched");
    }
    return text.append("; seed 0x").append(Long.toHexString(seed)).toString();
  }
}
