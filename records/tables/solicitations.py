"""Solicitations: what agencies said they seek bids for."""

from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import abbreviated


@table(key=["notice_id"])
def solicitations(sam_opportunities_published: Table) -> Table:
    """Notices of contract opportunities, each as the latest release that has it says.

    One solicitation may have several notices: `solicitation_identifier`, in capitals without blanks and
    hyphens, holds them together, and finds the identifier that contract actions carry. `agency` is ICE or CBP
    where the notice's sub-agency is; dates are days in UTC.
    """
    said = sam_opportunities_published
    identifier = said.solicitation_identifier.upper().re_replace(r"[\s\-]+", "").nullif("")
    return said.select(
        notice_id=said.notice_id,
        title=said.title,
        solicitation_identifier=identifier,
        agency=abbreviated(said.sub_agency_code),
        sub_agency_code=said.sub_agency_code,
        sub_agency_name=said.sub_agency_name,
        office_name=said.office_name,
        posted_date=said.posted_at.date(),
        type=said.type,
        base_type=said.base_type,
        response_deadline=said.response_deadline,
        naics_code=said.naics_code,
        psc_code=said.psc_code,
        is_active=said.is_active,
        release_id=said.release_id,
        member=said.member,
        source_row=said.source_row,
    )
