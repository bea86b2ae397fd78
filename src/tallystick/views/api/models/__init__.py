"""What replies look like: the schemas of the API's description. Replies are written from the nouns themselves."""

from tallystick.views.api.models.figures import (
    Answer as Answer,
)
from tallystick.views.api.models.figures import (
    Asked as Asked,
)
from tallystick.views.api.models.figures import (
    Changes as Changes,
)
from tallystick.views.api.models.figures import (
    Claim as Claim,
)
from tallystick.views.api.models.figures import (
    ClaimFigure as ClaimFigure,
)
from tallystick.views.api.models.figures import (
    ClaimRead as ClaimRead,
)
from tallystick.views.api.models.figures import (
    Claims as Claims,
)
from tallystick.views.api.models.figures import (
    File as File,
)
from tallystick.views.api.models.figures import (
    Metric as Metric,
)
from tallystick.views.api.models.figures import (
    MetricRead as MetricRead,
)
from tallystick.views.api.models.figures import (
    Metrics as Metrics,
)
from tallystick.views.api.models.figures import (
    Range as Range,
)
from tallystick.views.api.models.figures import (
    Rests as Rests,
)
from tallystick.views.api.models.figures import (
    Sheet as Sheet,
)
from tallystick.views.api.models.figures import (
    SheetFigure as SheetFigure,
)
from tallystick.views.api.models.figures import (
    SheetPart as SheetPart,
)
from tallystick.views.api.models.figures import (
    Targets as Targets,
)
from tallystick.views.api.models.figures import (
    Why as Why,
)
from tallystick.views.api.models.records import (
    Column as Column,
)
from tallystick.views.api.models.records import (
    Coverage as Coverage,
)
from tallystick.views.api.models.records import (
    CoverageList as CoverageList,
)
from tallystick.views.api.models.records import (
    Edition as Edition,
)
from tallystick.views.api.models.records import (
    EditionRead as EditionRead,
)
from tallystick.views.api.models.records import (
    Editions as Editions,
)
from tallystick.views.api.models.records import (
    Finding as Finding,
)
from tallystick.views.api.models.records import (
    FindingRead as FindingRead,
)
from tallystick.views.api.models.records import (
    Findings as Findings,
)
from tallystick.views.api.models.records import (
    Gap as Gap,
)
from tallystick.views.api.models.records import (
    Late as Late,
)
from tallystick.views.api.models.records import (
    LateList as LateList,
)
from tallystick.views.api.models.records import (
    Page as Page,
)
from tallystick.views.api.models.records import (
    Pages as Pages,
)
from tallystick.views.api.models.records import (
    Part as Part,
)
from tallystick.views.api.models.records import (
    Promise as Promise,
)
from tallystick.views.api.models.records import (
    Release as Release,
)
from tallystick.views.api.models.records import (
    ReleaseRead as ReleaseRead,
)
from tallystick.views.api.models.records import (
    Releases as Releases,
)
from tallystick.views.api.models.records import (
    Source as Source,
)
from tallystick.views.api.models.records import (
    SourceRead as SourceRead,
)
from tallystick.views.api.models.records import (
    Sources as Sources,
)
from tallystick.views.api.models.records import (
    Table as Table,
)
from tallystick.views.api.models.records import (
    TableRead as TableRead,
)
from tallystick.views.api.models.records import (
    Tables as Tables,
)
from tallystick.views.api.models.told import (
    Listed as Listed,
)
from tallystick.views.api.models.told import (
    OfEdition as OfEdition,
)
from tallystick.views.api.models.told import (
    Problem as Problem,
)
from tallystick.views.api.models.told import (
    Told as Told,
)
from tallystick.views.api.models.told import (
    WrongParameter as WrongParameter,
)
