// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream

// tag::test[]
import dev.ringside.Lab
import dev.ringside.assertj.RingsideAssertions.assertThat
import dev.ringside.host.Host
import dev.ringside.junit.jupiter.HostSpec
import dev.ringside.junit.jupiter.RingsideExtension
import dev.ringside.packet.Packets.udp
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

@ExtendWith(RingsideExtension::class)
class FailoverTest {

    @Test
    fun `direct access follows the NIC that takes over`(
        @HostSpec(pnics = 2, virtualFunctions = 4, vms = ["web"]) host: Host,
        lab: Lab,
    ) {
        val web = host.vm("web")
        web.onUdp(53) { query -> web.send(udp().to(lab.wire()).fromPort(53).payload("answer")) }

        host.pnic("p0").fail()
        lab.wire().send(udp().to(web).port(53).payload("query"))

        assertThat(web).hasDirectAccessThrough("p1")
        assertThat(lab.wire()).received(udp().fromPort(53), 1)
    }
}
// end::test[]
