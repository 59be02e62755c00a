# Qt-only widgets: plots (QCustomPlot), periodic table, legend, bars and the theme.
find_package(QCustomPlotQt6 REQUIRED)
target_sources(ionscape_gui_widgets PRIVATE
  arrhenius_plot.cpp
  bar_plot.cpp
  chip.cpp
  colour_map.cpp
  correlation_map.cpp
  curve_plot.cpp
  density_map.cpp
  element_filter.cpp
  element_legend.cpp
  histogram_plot.cpp
  hull_plot.cpp
  jump_graph.cpp
  message_bar.cpp
  msd_plot.cpp
  pair_map.cpp
  parity_plot.cpp
  periodic_layout.cpp
  periodic_picker.cpp
  playback_bar.cpp
  plot_widget.cpp
  point_cloud.cpp
  point_plot.cpp
  prediction_plot.cpp
  rounds_plot.cpp
  space_map.cpp
  spread_plot.cpp
  theme.cpp
  thermo_plot.cpp
  training_plot.cpp
  viridis_scale.cpp
  waterfall_plot.cpp
  ${PROJECT_SOURCE_DIR}/resources/icons/icons.qrc)
target_link_libraries(ionscape_gui_widgets
  PUBLIC Qt6::Widgets Qt6::PrintSupport ionscape_composition ionscape_training ionscape_transport
  PRIVATE QCustomPlotQt6::QCustomPlotQt6)
set_target_properties(ionscape_gui_widgets PROPERTIES AUTOMOC ON AUTORCC ON)
