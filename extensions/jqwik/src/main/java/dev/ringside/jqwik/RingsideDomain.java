// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.Lab;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.Host;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.VlanTag;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/**
 * All of Ringside's arbitraries by the types of parameters.
 *
 * <pre>{@code
 * @Domain(RingsideDomain.class)
 * @Domain(DomainContext.Global.class) // and what jqwik itself knows
 * @Property
 * void agent_survives(@ForAll Scenario scenario, @ForAll MacAddress gateway, Lab lab) { ... }
 * }</pre>
 *
 * <p>A packet is {@link PacketArbitraries#anything}, a topology {@link Topologies#any}, a scenario
 * {@link Scenarios#any}; name a provider of your own for others.
 */
public final class RingsideDomain extends DomainContextBase {

  /** For jqwik. */
  public RingsideDomain() {}

  @Provide
  Arbitrary<Lab> labs() {
    return Arbitraries.just(LabLifecycle.PLACE);
  }

  @Provide
  Arbitrary<Host> hosts() {
    return Arbitraries.just(LabLifecycle.HOST_PLACE);
  }

  @Provide
  Arbitrary<MacAddress> macs() {
    return Addresses.macs();
  }

  @Provide
  Arbitrary<Ipv4Address> ipv4Addresses() {
    return Addresses.ipv4();
  }

  @Provide
  Arbitrary<Ipv6Address> ipv6Addresses() {
    return Addresses.ipv6();
  }

  @Provide
  Arbitrary<IpAddress> ipAddresses() {
    return Addresses.ips();
  }

  @Provide
  Arbitrary<IpPrefix> prefixes() {
    return Addresses.prefixes();
  }

  @Provide
  Arbitrary<VlanTag> vlanTags() {
    return Addresses.vlanTags();
  }

  @Provide
  Arbitrary<Endpoint> endpoints() {
    return Addresses.endpoints();
  }

  @Provide
  Arbitrary<Packet> packets() {
    return PacketArbitraries.anything();
  }

  @Provide
  Arbitrary<Traffic> traffic() {
    return Traffic.arbitrary();
  }

  @Provide
  Arbitrary<AttackMix> attackMixes() {
    return AttackMix.arbitrary();
  }

  @Provide
  Arbitrary<PacketMatcher> matches() {
    return FlowArbitraries.matches();
  }

  @Provide
  Arbitrary<FlowTable> flowTables() {
    return FlowArbitraries.tables();
  }

  @Provide
  Arbitrary<LabTopology> topologies() {
    return Topologies.any();
  }

  @Provide
  Arbitrary<Scenario> scenarios() {
    return Scenarios.any();
  }
}
