// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.bridge.PortGroup;
import dev.ringside.lacp.LacpLine;
import dev.ringside.lacp.LacpPort;
import dev.ringside.nic.LinkProtocol;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.wire.Cable;
import dev.ringside.wire.Port;

/**
 * A NIC whose cable carries traffic only while both ends agree by LACP. To the aggregation it looks
 * unhealthy until they do; to the port group of the switch its link is down.
 */
class AgreedPort extends SpreadPort {

  private final LinkAggregator aggregator;
  private final LacpPort near;
  private final LacpPort far;
  private final LinkProtocol protocol;
  private final PortGroup.Link link;

  AgreedPort(
      ActiveActive wiring,
      LacpEnds ends,
      PhysicalNic nic,
      Cable cable,
      int order,
      PortGroup.Link link) {
    super(wiring, nic, cable, order);
    this.aggregator = wiring.aggregator();
    this.link = link;
    this.protocol = new LinkProtocol(nic);
    this.near = ends.host().addPort(nic.name(), nic.mac(), new HostEnd());
    this.far = ends.network().addPort(nic.name(), ends.network().address(), new GroupEnd());
    protocol.connect(near);
    cable.connect(this, new SwitchEnd());
    ends.host().world().afterwards(this::start);
  }

  private void start() {
    far.setLink(cable().isUp() && nic().isLinkUp());
    near.setLink(nic().isLinkUp());
  }

  @Override
  void cardChanged() {
    near.setLink(nic().isLinkUp());
  }

  @Override
  public boolean looksHealthy() {
    return super.looksHealthy() && near.isDistributing();
  }

  /** The host's end agrees, or no longer. */
  private final class HostEnd implements LacpLine {
    @Override
    public void send(Packet lacpdu) {
      protocol.send(lacpdu);
    }

    @Override
    public void distributing(boolean nowDistributing) {
      aggregator.memberChanged(AgreedPort.this);
    }
  }

  /** The switch's end agrees, or no longer. */
  private final class GroupEnd implements LacpLine {
    @Override
    public void send(Packet lacpdu) {
      cable().toHost().accept(lacpdu);
    }

    @Override
    public void distributing(boolean nowDistributing) {
      link.carrierChanged(nowDistributing);
    }
  }

  /** The far end of the cable. */
  private final class SwitchEnd implements Port {
    @Override
    public void accept(Packet packet) {
      if (!far.filter(packet)) {
        link.accept(packet);
      }
    }

    @Override
    public void carrierChanged(boolean up) {
      far.setLink(up);
    }
  }
}
