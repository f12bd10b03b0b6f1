# Opens layers of a GeoPackage as QGIS does and says how each looks: the titles of
# its legend, what its fields are shown as, and the darkest colour that it is drawn in.
import sys

from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsVectorLayer

app = QgsApplication([], False)
app.initQgis()
for name in sys.argv[2:]:
    layer = QgsVectorLayer(sys.argv[1] + "|layername=" + name, name, "ogr")
    if not layer.isValid():
        sys.exit("QGIS cannot open " + name)
    print(name + ": " + ",".join(i.label() for i in layer.renderer().legendSymbolItems()))
    for i, field in enumerate(layer.fields()):
        print(name + "." + field.name() + ": " + layer.attributeDisplayName(i))
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(400, 400))
    settings.setOutputDpi(384)  # a thin line is as wide as some pixels
    settings.setBackgroundColor(QColor("white"))
    settings.setFlag(QgsMapSettings.Antialiasing, False)
    box = layer.extent()
    box.scale(1.1)
    settings.setExtent(box)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    colours = {}
    for x in range(400):
        for y in range(400):
            c = image.pixelColor(x, y)
            colours[c.name()] = (c.lightness(), c.name())
    print(name + " colours: " + min(colours.values())[1])
