"""Interfaces, hosts, flows and protocols of a running engine."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING
from urllib.parse import quote

from flowloom._fields import Alert, Flow, Host, Interface, Network, Protocol
from flowloom.client import _decode
from flowloom.client._endpoint import Awaiting, Blocking, Endpoint
from flowloom.client._exchange import Exchange, Request
from flowloom.client._lists import Names, listing, place, shape
from flowloom.client.records import Application, HostDetails, Peer, ServiceClass
from flowloom.rows import Rows

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from flowloom.client._fields import (
        FlowConditions,
        HostConditions,
        InterfaceConditions,
        NetworkConditions,
        ProtocolConditions,
    )


def _path(ip: object) -> str:
    return "/api/v1/hosts/" + quote(str(ip_address(str(ip))), safe=":")


class _Interfaces:
    @Endpoint
    def list(
        self,
        *conditions: str,
        columns: Names = None,
        sort: Names = None,
        limit: int | None = 1000,
        capture: int | None = None,
        **fields: Unpack[InterfaceConditions],
    ) -> Exchange[Rows[Interface]]:
        """List the interfaces that are captured on; parameters are those of `flows.list`.

        Examples
        --------
        >>> engine.interfaces.list(columns="id,name,packets,bytes,dropped_packets")
        id  name         packets    bytes  dropped_packets
         0  office.pcap    11251  5557094                0
        1 row
        """
        return listing(Interface, place("interfaces", capture), shape(conditions, fields, columns, sort), limit)


class _Flows:
    @Endpoint
    def list(
        self,
        *conditions: str,
        columns: Names = None,
        sort: Names = None,
        limit: int | None = 1000,
        capture: int | None = None,
        **fields: Unpack[FlowConditions],
    ) -> Exchange[Rows[Flow]]:
        """List the flows that go on; those that ended are in the history.

        Parameters
        ----------
        *conditions : str
            Conditions as REST has them: ``"bytes>=1000"``, ``"server_name~=example"``.
        columns : str or iterable of str, optional
            Fields to return, in this order; ``*`` stands for any letters. All without.
        sort : str or iterable of str, optional
            Fields to sort by; ``-`` before a name for descending. Most bytes first without.
        limit : int or None
            Rows to return at most; None for as many as the engine gives.
        capture : int, optional
            Those of a capture that was uploaded, by its number, rather than those of the engine.
        **fields
            Conditions by field: ``srv_port=443`` is equal, ``bytes__ge=1000`` at least, ``bytes__le`` at most,
            ``l7_proto__ne`` unequal, ``server_name__contains`` contains, in any case of letters. An address may
            be a network, a list is equal to what it holds.

        Returns
        -------
        Rows of Flow
            Pages are asked for as needed, and the engine goes on meanwhile: a flow that comes up or goes down in
            the order can be there twice, or not, if there are more than 10,000.

        Raises
        ------
        QueryError
            There is no such field, or a value is not of its kind.

        Examples
        --------
        >>> engine.flows.list(l7_proto="RTP", columns="cli_ip,srv_ip,bytes,duration", limit=2)
        cli_ip         srv_ip          bytes  duration
        192.168.10.62  203.0.113.60   535000     24.99
        192.168.10.60  192.168.10.61  428000     19.99
        2 rows
        >>> for flow in engine.flows.list("bytes>=100000", cli_ip="192.168.10.0/24", sort="-duration", limit=1):
        ...     print(flow.srv_ip, flow.l7_proto, flow.duration, flow.first_seen.date())
        203.0.113.60 RTP 0:00:24.990000 2026-01-05
        """
        return listing(Flow, place("flows", capture), shape(conditions, fields, columns, sort), limit)


class _Networks:
    @Endpoint
    def list(
        self,
        *conditions: str,
        columns: Names = None,
        sort: Names = None,
        limit: int | None = 1000,
        capture: int | None = None,
        **fields: Unpack[NetworkConditions],
    ) -> Exchange[Rows[Network]]:
        """List the local networks; parameters are those of `flows.list`."""
        return listing(Network, place("networks", capture), shape(conditions, fields, columns, sort), limit)


class _Protocols:
    @Endpoint
    def list(
        self,
        *conditions: str,
        columns: Names = None,
        sort: Names = None,
        limit: int | None = 1000,
        capture: int | None = None,
        **fields: Unpack[ProtocolConditions],
    ) -> Exchange[Rows[Protocol]]:
        """Sum up the flows that ended, by protocol; parameters are those of `flows.list`.

        Examples
        --------
        >>> engine.protocols.list(columns=["l7_proto", "flows", "bytes"], limit=2)
        l7_proto  flows    bytes
        HTTP         19  2698171
        TLS          24  1465452
        2 of 19 rows
        """
        return listing(Protocol, place("protocols", capture), shape(conditions, fields, columns, sort), limit)


class _Hosts:
    @Endpoint
    def list(
        self,
        *conditions: str,
        columns: Names = None,
        sort: Names = None,
        limit: int | None = 1000,
        capture: int | None = None,
        **fields: Unpack[HostConditions],
    ) -> Exchange[Rows[Host]]:
        """List the hosts that were seen, most bytes sent first; parameters are those of `flows.list`.

        Examples
        --------
        >>> engine.hosts.list(is_local=False, columns="ip,name,bytes_sent", limit=2)
        ip            name               bytes_sent
        203.0.113.40  files.example.net     2519950
        203.0.113.60                         269585
        2 of 25 rows
        """
        return listing(Host, place("hosts", capture), shape(conditions, fields, columns, sort), limit)

    @Endpoint
    def get(self, ip: str | IPv4Address | IPv6Address, vlan_id: int = 0) -> Exchange[HostDetails]:
        """Tell all about one host.

        Parameters
        ----------
        ip : str or ipaddress.IPv4Address or ipaddress.IPv6Address
            Its address.
        vlan_id : int
            Its VLAN, 0 for untagged.

        Raises
        ------
        NotFoundError
            The engine has not seen it, or has forgotten it.

        Examples
        --------
        >>> scanner = engine.hosts.get("192.168.10.28")
        >>> scanner.host.flows_as_client, scanner.alerts[0].message
        (306, 'its flows have a score of 13400')
        >>> scanner.applications[0]
        Application(l7_proto='HTTP', flows=1, bytes_sent=829, bytes_rcvd=5275)
        """
        answer = yield Request("GET", _path(ip), (("vlan_id", str(vlan_id)),))
        return HostDetails(
            host=_decode.row(Host, _decode.member(answer, "host")),
            applications=_decode.rows(Application, _decode.member(answer, "applications")),
            dscp=_decode.rows(ServiceClass, _decode.member(answer, "dscp")),
            alerts=_decode.rows(Alert, _decode.member(answer, "alerts")),
        )

    @Endpoint
    def peers(self, ip: str | IPv4Address | IPv6Address, vlan_id: int = 0) -> Exchange[Rows[Peer]]:
        """List whom a host has flows with at the moment, most bytes first.

        Parameters
        ----------
        ip, vlan_id
            As for `get`.

        Examples
        --------
        >>> engine.hosts.peers("192.168.10.21")
        ip            flows  bytes_sent  bytes_rcvd
        192.168.10.1      3         438         526
        224.0.0.251       1          82           0
        2 rows
        """
        answer = yield Request("GET", _path(ip) + "/peers", (("vlan_id", str(vlan_id)),))
        return _decode.rows(Peer, _decode.member(answer, "rows"))


class Interfaces(_Interfaces, Blocking):
    """The interfaces that are captured on."""


class AsyncInterfaces(_Interfaces, Awaiting):
    """The interfaces that are captured on."""


class Flows(_Flows, Blocking):
    """The flows that go on."""


class AsyncFlows(_Flows, Awaiting):
    """The flows that go on."""


class Networks(_Networks, Blocking):
    """The local networks."""


class AsyncNetworks(_Networks, Awaiting):
    """The local networks."""


class Protocols(_Protocols, Blocking):
    """The flows that ended, by protocol."""


class AsyncProtocols(_Protocols, Awaiting):
    """The flows that ended, by protocol."""


class Hosts(_Hosts, Blocking):
    """The hosts that were seen."""


class AsyncHosts(_Hosts, Awaiting):
    """The hosts that were seen."""
